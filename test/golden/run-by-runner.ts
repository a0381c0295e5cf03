import { randomUUID } from 'node:crypto';
import type { JournalEntry } from '@hookloom/contracts';
import { planOf, stepResults, type StepResult } from '@hookloom/engine';
import type { EvaluatorPool } from '@hookloom/expressions';
import { advance, CompiledWorkflows, RunFiles, type ClaimedRun, type RunnerDeps } from '@hookloom/runner';
import type { HttpClient, MailClient } from '@hookloom/step-kit';
import { giveTokens } from '@hookloom/step-kit/testing';
import { builtInSteps } from '@hookloom/steps';
import { MemoryRunStore, NO_BODIES, OPEN_ROADS } from '@hookloom/testing';
import type { GoldenCase, GoldenEnd } from './golden-case.js';

/** What came of a case, with the journal that says so. */
export interface Outcome {
  readonly end: GoldenEnd;
  readonly journal: readonly JournalEntry[];
}

/** Runs a case by the real runner, the real steps and the real evaluator; only the store and the network are small ones. */
export async function runByRunner(
  golden: GoldenCase,
  evaluator: EvaluatorPool,
  store = new MemoryRunStore(),
): Promise<Outcome> {
  const run = aRun(golden);
  store.add(run);
  const http = answering(golden);
  const clock = { now: 1_000_000 };
  const answered = new Set<string>();
  const deps = depsOf(golden, { store, evaluator, http, clock });
  const never = new AbortController().signal;
  const control = { lost: never, cancelled: never, draining: never, hurry: never };
  for (;;) {
    const [claimed] = await store.claim(1);
    if (!claimed) throw new Error('The run is in nobody’s hands and cannot be claimed.');
    await advance(deps, claimed, control);
    const release = store.lastReleaseOf(run.id);
    if (release?.kind === 'asleep' && !answerNext(golden, store, run.id, answered)) {
      clock.now = Math.max(clock.now, release.until);
    }
    if (release?.kind !== 'finished') continue;
    const journal = store.journalOf(run.id);
    const results = stepResults(planOf(golden.workflow, golden.event.trigger), journal, release.status);
    const steps: GoldenEnd['steps'] = {};
    for (const result of results) {
      if (result.startedAt !== undefined) steps[result.path] = await shown(result, results, store);
    }
    const error = release.error && { code: release.error.code, stepId: release.error.stepId };
    const [response] = store.responses;
    const end = { status: release.status, ...(error ? { error } : {}), steps, response, requests: http.sent };
    return { end: JSON.parse(JSON.stringify(end)), journal };
  }
}

/** Gives the next answer that is due to a waiting step. @returns whether there was one */
function answerNext(
  golden: GoldenCase,
  store: MemoryRunStore,
  runId: string,
  answered: Set<string>,
): boolean {
  const waits = store
    .journalOf(runId)
    .findLast((entry) => entry.kind === 'suspended' && !answered.has(entry.path));
  const path = waits?.kind === 'suspended' ? waits.path : '';
  const answer = golden.event.answers[path];
  if (!answer) return false;
  answered.add(path);
  const { output, error } = answer;
  store.answer(runId, path, error ? { error } : { outputJson: JSON.stringify(output ?? null) });
  return true;
}

async function shown(
  result: StepResult,
  results: readonly StepResult[],
  store: MemoryRunStore,
): Promise<GoldenEnd['steps'][string]> {
  const output = await outputOf(result, results, store);
  return {
    status: result.status,
    ...(output === undefined ? {} : { output }),
    ...(result.attempts.length > 1 ? { attempts: result.attempts.length } : {}),
    ...(result.error ? { error: result.error.code } : {}),
  };
}

/** Steps that pass their input on show no output of their own here. */
async function outputOf(
  { output }: StepResult,
  _results: readonly StepResult[],
  store: MemoryRunStore,
): Promise<unknown> {
  if (output?.kind === 'value') return output.value;
  if (output?.kind === 'ref') return JSON.parse(await store.loadValue('', output.ref.ref));
  if (output?.kind !== 'list') return undefined;
  const parts: unknown[] = [];
  for (const { ref } of output.parts) parts.push(...JSON.parse(await store.loadValue('', ref)));
  return parts;
}

function aRun(golden: GoldenCase): ClaimedRun {
  return {
    id: randomUUID(),
    projectId: randomUUID(),
    workflowId: randomUUID(),
    version: 1,
    kind: 'manual',
    triggerStepId: golden.event.trigger,
    onlyStepId: undefined,
    fence: 0,
    createdAt: new Date(0),
    startedAt: new Date(5),
    spentSeconds: 0,
    event: undefined,
    input: JSON.stringify(golden.event.body ?? null),
    journal: golden.event.diedIn === undefined ? [] : cutShort(golden.event.trigger, golden.event.diedIn),
    cancelRequested: false,
  };
}

/** What a worker left that died in a step after it had announced it. */
function cutShort(trigger: string, stepId: string): JournalEntry[] {
  const start = { stepId: trigger, path: trigger, attempt: 1, startedAt: 5, at: 5, handle: 'out' };
  return [
    { kind: 'succeeded', ...start, passes: true },
    { kind: 'started', stepId, path: stepId, attempt: 1, at: 6 },
  ];
}

/** Every mail is accepted. */
function sending(sent: string[]): MailClient {
  return {
    async send(_server, { to }) {
      sent.push(...to.map((address) => `MAIL ${address}`));
      return { messageId: '<golden@example.com>', accepted: [...to], rejected: [] };
    },
    check: async () => undefined,
  };
}

/** Answers as the case says. Hosts do not matter: only method and path do. */
function answering({ event }: GoldenCase): HttpClient & { readonly sent: string[] } {
  const sent: string[] = [];
  return {
    sent,
    async send({ method, url }) {
      const name = `${method} ${new URL(url).pathname}`;
      const answers = event.http[name] ?? [];
      const turn = sent.filter((one) => one === name).length;
      sent.push(name);
      const answer = answers[Math.min(turn, answers.length - 1)] ?? {
        status: 404,
        headers: {},
        body: undefined,
      };
      const headers = { 'content-type': 'application/json', ...answer.headers };
      const body = new TextEncoder().encode(answer.body === undefined ? '' : JSON.stringify(answer.body));
      return { status: answer.status, headers, body, url };
    },
  };
}

function depsOf(
  golden: GoldenCase,
  parts: {
    readonly store: MemoryRunStore;
    readonly evaluator: EvaluatorPool;
    readonly http: HttpClient & { readonly sent: string[] };
    readonly clock: { readonly now: number };
  },
): RunnerDeps {
  const source = { load: async () => ({ key: 'golden', name: golden.name, definition: golden.workflow }) };
  return {
    store: parts.store,
    workflows: new CompiledWorkflows(source, builtInSteps),
    connections: {
      open: async (_projectId, key) =>
        golden.event.connections[key] && { key, ...golden.event.connections[key] },
    },
    variables: { load: async () => JSON.stringify(golden.event.vars) },
    evaluator: parts.evaluator,
    http: parts.http,
    destinations: OPEN_ROADS,
    mail: sending(parts.http.sent),
    files: new RunFiles(NO_BODIES),
    tokens: giveTokens(),
    changes: { publish: () => undefined, answered: () => undefined, ring: () => undefined },
    resumeUrl: (kind, _runId, { path, generation }) => `https://example.com/${kind}/${path}/${generation}`,
    now: () => parts.clock.now,
    random: () => 1,
    reportFault: (error) => {
      throw error;
    },
  };
}
