import { randomUUID } from 'node:crypto';
import type { WorkflowDefinition, WorkflowStep } from '@hookloom/contracts';
import { defineStep, passOn, type StepContext, type StepOutcome, type StepType } from '@hookloom/step-kit';
import { giveTokens } from '@hookloom/step-kit/testing';
import { MemoryRunStore, NO_BODIES, OPEN_ROADS } from '@hookloom/testing';
import { z } from 'zod';
import {
  advance,
  CompiledWorkflows,
  RunFiles,
  type ClaimedRun,
  type RunEvent,
  type RunControl,
  type RunnerDeps,
} from '../src/index.js';

export type Act = (context: StepContext<unknown>) => StepOutcome | Promise<StepOutcome>;

/** A product in small: one registry of scripted steps, one workflow, one store, a clock that a test moves. */
export function aWorkshop(
  steps: readonly Partial<WorkflowStep>[],
  acts: Record<string, Act>,
  repeat: StepType['repeat'] = 'keyed',
  settings: WorkflowDefinition['settings'] = {},
) {
  const store = new MemoryRunStore();
  const clock = { now: 1_000_000 };
  const faults: unknown[] = [];
  /** How the run ended, as those who watch and the metrics hear. */
  const told: string[] = [];
  const all = [
    { id: 'start', type: 'start', config: {} },
    ...steps.map((step, index) => ({ id: `s${index}`, type: `s${index}`, config: {}, ...step })),
  ];
  const definition: WorkflowDefinition = {
    format: 1,
    steps: all,
    edges: all.slice(1).map((step, index) => ({ source: all[index]!.id, target: step.id })),
    settings,
  };
  const type = (name: string, run: Act): [string, StepType] => [
    name,
    defineStep({
      type: name,
      title: name,
      description: name,
      kind: 'data',
      icon: 'box',
      repeat: name === 'start' ? 'pure' : repeat,
      config: z.unknown(),
      handles: () => ['out'],
      run,
    }),
  ];
  const registry = new Map([
    type('start', () => passOn('out')),
    ...Object.entries(acts).map(([name, act]) => type(name, act)),
  ]);
  const source = { load: async () => ({ key: 'w', name: 'W', definition }) };
  const unused = (): never => {
    throw new Error('not part of this test');
  };
  const deps: { -readonly [Part in keyof RunnerDeps]: RunnerDeps[Part] } = {
    store,
    workflows: new CompiledWorkflows(source, registry),
    connections: { open: async () => undefined },
    variables: { load: async () => '{}' },
    evaluator: { evaluate: unused, close: async () => undefined },
    http: { send: unused },
    mail: { send: unused, check: unused },
    files: new RunFiles(NO_BODIES),
    tokens: giveTokens(),
    destinations: OPEN_ROADS,
    changes: {
      publish: (_projectId, { stepId, status }) => stepId ?? told.push(status),
      answered: () => undefined,
      ring: () => undefined,
    },
    resumeUrl: (kind, _runId, { path }) => `https://example.com/${kind}/${path}`,
    now: () => clock.now,
    random: () => 1,
    reportFault: (error) => faults.push(error),
  };
  const id = randomUUID();
  store.add(aRun(id));
  const go = async (control: Partial<RunControl> = {}): Promise<ClaimedRun | undefined> => {
    const [run] = await store.claim(1);
    const never = new AbortController().signal;
    if (run)
      await advance(deps, run, { lost: never, cancelled: never, draining: never, hurry: never, ...control });
    return run;
  };
  return {
    store,
    clock,
    faults,
    told,
    definition,
    deps,
    go,
    id,
    journal: () => store.journalOf(id),
    end: () => store.lastReleaseOf(id),
  };
}

/** Its request is held open until a run has an answer. */
export const AWAITED_EVENT: RunEvent = {
  id: 'event',
  receivedAt: new Date(0),
  method: 'POST',
  headersJson: '{}',
  query: '',
  contentType: 'application/json',
  body: new Uint8Array(),
  type: undefined,
  sender: 'none',
  isAwaited: true,
};

export function aRun(id: string): ClaimedRun {
  return {
    id,
    projectId: randomUUID(),
    workflowId: randomUUID(),
    version: 1,
    kind: 'manual',
    triggerStepId: 'start',
    onlyStepId: undefined,
    fence: 0,
    createdAt: new Date(0),
    startedAt: new Date(5),
    spentSeconds: 0,
    event: undefined,
    input: '{"a":1}',
    journal: [],
    cancelRequested: false,
  };
}
