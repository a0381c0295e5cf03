import { randomUUID } from 'node:crypto';
import type { JournalEntry, LaneSettings, WorkflowDefinition } from '@hookloom/contracts';
import { createEvaluatorPool } from '@hookloom/expressions';
import { defineStep, output, passOn, type StepType } from '@hookloom/step-kit';
import { giveTokens } from '@hookloom/step-kit/testing';
import { MemoryRunStore, NO_BODIES, OPEN_ROADS } from '@hookloom/testing';
import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { advance, CompiledWorkflows, RunFiles, type ClaimedRun, type RunnerDeps } from './index.js';

const evaluator = createEvaluatorPool();
afterAll(() => evaluator.close());

const type = (name: string, run: StepType['run']): [string, StepType] => [
  name,
  defineStep({
    type: name,
    title: name,
    description: name,
    kind: name === 'start' ? 'trigger' : 'data',
    icon: 'box',
    repeat: 'pure',
    config: z.unknown(),
    handles: () => ['out'],
    run,
  }),
];

/** A run of a workflow with a lane, and how it went. */
async function aRun(lane: LaneSettings, changes: Partial<ClaimedRun> = {}, store = new MemoryRunStore()) {
  let isDone = false;
  const registry = new Map([
    type('start', () => passOn((changes.input ?? '').includes('"skip"') ? null : 'out')),
    type('act', () => {
      isDone = true;
      return output(1);
    }),
  ]);
  const definition: WorkflowDefinition = {
    format: 1,
    steps: [
      { id: 'start', type: 'start', config: {} },
      { id: 'act', type: 'act', config: {} },
    ],
    edges: [{ source: 'start', target: 'act' }],
    settings: { lane },
  };
  const told: string[] = [];
  const unused = (): never => {
    throw new Error('not part of this test');
  };
  const deps: RunnerDeps = {
    store,
    workflows: new CompiledWorkflows({ load: async () => ({ key: 'w', name: 'W', definition }) }, registry),
    connections: { open: async () => undefined },
    variables: { load: async () => '{"shop":"north"}' },
    evaluator,
    http: { send: unused },
    mail: { send: unused, check: unused },
    files: new RunFiles(NO_BODIES),
    tokens: giveTokens(),
    destinations: OPEN_ROADS,
    changes: {
      publish: (_projectId, { runId, stepId, status }) => stepId ?? told.push(`${runId}/${status}`),
      answered: () => undefined,
      ring: () => undefined,
    },
    resumeUrl: () => '',
    now: () => 1_000_000,
    random: () => 1,
    reportFault: (error) => {
      throw error;
    },
  };
  const id = randomUUID();
  store.add({
    id,
    projectId: randomUUID(),
    workflowId: randomUUID(),
    version: 1,
    kind: 'manual',
    triggerStepId: 'start',
    onlyStepId: undefined,
    fence: 0,
    createdAt: new Date(0),
    startedAt: new Date(0),
    spentSeconds: 0,
    event: undefined,
    input: '{"order":17}',
    journal: [],
    cancelRequested: false,
    ...changes,
  });
  const [claimed] = await store.claim(1);
  const never = new AbortController().signal;
  await advance(deps, claimed!, { lost: never, cancelled: never, draining: never, hurry: never });
  return { store, isDone, told, id, last: store.lastReleaseOf(id), lane: store.lanes.at(-1) };
}

const KEY = { key: '"order-" & trigger.body.order' };
const RETRIED: JournalEntry = { kind: 'retried', at: 1, from: ['start'] };

describe('the lane of a run', () => {
  it('is worked out from what began the run, and a run that has its place does its steps', async () => {
    const { lane, isDone } = await aRun(KEY);
    expect(lane).toEqual({ key: 'order-17', concurrency: 1, keepsNewest: false, quietSeconds: 0 });
    expect(isDone).toBe(true);
  });

  it('sees variables, and a long key is named by its digest', async () => {
    expect((await aRun({ key: 'vars.shop' })).lane).toMatchObject({ key: 'north' });
    const { lane } = await aRun({ key: '$pad("", 500, "x")' });
    expect(lane?.key).toHaveLength(43);
  });

  it('leaves a run that has to wait to the queue, before any step', async () => {
    const store = new MemoryRunStore();
    const older = randomUUID();
    store.turns.push({ kind: 'waits', skipped: [older] });
    const { isDone, told, id, last } = await aRun(KEY, {}, store);
    expect(isDone).toBe(false);
    expect(told).toEqual([`${older}/skipped`, `${id}/queued`]);
    expect(last).toBeUndefined();
  });

  it('ends a run whose place a newer one took as skipped, saying so', async () => {
    const store = new MemoryRunStore();
    const error = { code: 'superseded', message: 'A newer run took its place.' };
    store.turns.push({ kind: 'superseded', error });
    const { isDone, last } = await aRun(KEY, {}, store);
    expect(isDone).toBe(false);
    expect(last).toMatchObject({ kind: 'finished', status: 'skipped', error });
  });

  it('puts a run aside for a moment while an older one has not named its lane', async () => {
    const store = new MemoryRunStore();
    store.turns.push({ kind: 'later' });
    expect((await aRun(KEY, {}, store)).last).toMatchObject({ kind: 'asleep', until: 1_001_000 });
  });

  it('lets a run without a key wait for none, and says so when the key fails', async () => {
    const free = await aRun({ key: 'trigger.body.nothing' });
    expect(free).toMatchObject({ isDone: true, lane: undefined });
    const { isDone, last } = await aRun({ key: '$number("no")' });
    expect(isDone).toBe(false);
    expect(last).toMatchObject({ kind: 'finished', status: 'failed', error: { code: 'lane_key_failed' } });
  });

  it('tells how its mode works, but a retried run takes nobody’s place', async () => {
    const debounce = { ...KEY, mode: 'debounce', seconds: 30, concurrency: 2 } as const;
    expect((await aRun(debounce)).lane).toEqual({
      key: 'order-17',
      concurrency: 2,
      keepsNewest: true,
      quietSeconds: 30,
    });
    const { lane } = await aRun(debounce, { journal: [RETRIED] });
    expect(lane).toMatchObject({ keepsNewest: false, quietSeconds: 0 });
  });

  it('is not asked for where the filter says no, nor by drafts, tests, error runs and runs that have it', async () => {
    expect(await aRun(KEY, { input: '"skip"' })).toMatchObject({ lane: undefined });
    for (const changes of [{ version: null }, { kind: 'error' as const }, { isInLane: true }])
      expect(await aRun(KEY, changes)).toMatchObject({ isDone: true, lane: undefined });
  });
});
