import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { WorkflowDefinition } from '@hookloom/contracts';
import {
  CompiledWorkflows,
  RunFiles,
  type ClaimedRun,
  type RunnerDeps,
  type RunStore,
} from '@hookloom/runner';
import { defineStep } from '@hookloom/step-kit';
import { giveTokens } from '@hookloom/step-kit/testing';
import { NO_BODIES } from '@hookloom/testing';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { z } from 'zod';
import { ClaimLoop } from './claim-loop.js';

/** A store with more runs than there is room for, each of which waits for its definition until it is let go. */
function aFullHouse(count: number, shared: Partial<ClaimedRun> = {}, workflows?: CompiledWorkflows) {
  const waiting: (() => void)[] = [];
  const store = { left: count, claims: 0, whenFull: async (): Promise<void> => undefined };
  let rings: () => void = () => undefined;
  const runStore = {
    claim: async (limit: number, busy: ReadonlyMap<string, number>) => {
      store.claims += 1;
      const room = busy.get(shared.projectId ?? '') ?? limit;
      if (room === 0) await store.whenFull();
      const taken = Math.min(limit, room, store.left);
      store.left -= taken;
      return Array.from({ length: taken }, () => ({ ...aRun(), ...shared }));
    },
    release: async () => true,
  } as unknown as RunStore;
  const load = (): Promise<never> =>
    new Promise((_resolve, reject) => waiting.push(() => reject(new Error('gone'))));
  const runner = {
    store: runStore,
    workflows: workflows ?? new CompiledWorkflows({ load }, new Map()),
    now: () => 0,
    changes: { publish: () => undefined },
    variables: { load: async () => '{}' },
    files: new RunFiles(NO_BODIES),
    tokens: giveTokens(),
    random: () => 1,
    reportFault: () => undefined,
  } as unknown as RunnerDeps;
  const bell = {
    onRing: (listener: () => void) => {
      rings = listener;
      return () => undefined;
    },
  };
  const loop = new ClaimLoop({ store: runStore, runner, bell, onTrouble: () => undefined });
  const letAllGo = (): void => waiting.splice(0).forEach((go) => go());
  const letFirstGo = (): void => waiting.shift()?.();
  return { loop, store, waiting, ring: () => rings(), letAllGo, letFirstGo };
}

function aRun(): ClaimedRun {
  return {
    id: randomUUID(),
    projectId: randomUUID(),
    workflowId: randomUUID(),
    version: null,
    kind: 'event',
    triggerStepId: 'hook',
    onlyStepId: undefined,
    fence: 1,
    createdAt: new Date(0),
    startedAt: new Date(0),
    spentSeconds: 0,
    event: undefined,
    input: undefined,
    journal: [],
    cancelRequested: false,
  } as unknown as ClaimedRun;
}

/** Workflows whose only step goes on until it is stopped. */
function endlessWorkflows(onStart: () => void): CompiledWorkflows {
  const endless = defineStep({
    type: 'endless',
    title: 'Endless',
    description: 'Goes on until it is stopped.',
    kind: 'data',
    icon: 'box',
    repeat: 'safe',
    config: z.unknown(),
    handles: () => ['out'],
    run: () => {
      onStart();
      return new Promise<never>(() => undefined);
    },
  });
  const definition: WorkflowDefinition = {
    format: 1,
    steps: [{ id: 'hook', type: 'endless', config: {} }],
    edges: [],
    settings: {},
  };
  const load = async () => ({ key: 'w', name: 'W', definition });
  return new CompiledWorkflows({ load }, new Map([['endless', endless]]));
}

async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await sleep(5);
}

describe('ClaimLoop', () => {
  it('waits, and lets everything else go on, when the bell rings while it has no room', async () => {
    const house = aFullHouse(1_000);
    house.loop.start();
    await until(() => house.loop.activeCount === 300);
    const claims = house.store.claims;
    house.ring();
    house.ring();
    await sleep(20); // would never come back if the loop spun
    expect(house.store.claims).toBe(claims);
    expect(house.loop.activeCount).toBe(300);
    const drained = house.loop.drain(1_000);
    house.letAllGo();
    await drained;
  });

  it('claims again as soon as there is room', async () => {
    const house = aFullHouse(301);
    house.loop.start();
    await until(() => house.loop.activeCount === 300);
    house.letAllGo();
    await until(() => house.store.left === 0);
    const drained = house.loop.drain(1_000);
    house.letAllGo();
    await drained;
    expect(house.loop.activeCount).toBe(0);
  });

  it('claims again at once where a project made room while a claim found its hands full', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const house = aFullHouse(300, { projectId: randomUUID() });
    house.store.whenFull = async () => {
      house.letAllGo();
      while (house.loop.activeCount > 0) await new Promise(setImmediate);
    };
    house.loop.start();
    // Far less than the time after which it would look anyway.
    for (let ms = 0; ms < 100 && house.store.left > 0; ms += 10) await vi.advanceTimersByTimeAsync(10);
    expect(house.store.left).toBe(0);
    vi.useRealTimers();
    const drained = house.loop.drain(1_000);
    house.letAllGo();
    await drained;
  });

  it('keeps hold of a run that it claimed anew before its last hold had ended', async () => {
    const house = aFullHouse(1, { id: randomUUID() });
    house.loop.start();
    await until(() => house.waiting.length === 1);
    house.store.left = 1;
    house.ring();
    await until(() => house.waiting.length === 2);
    house.letFirstGo();
    await sleep(5);
    expect(house.loop.activeCount).toBe(1);
    const drained = house.loop.drain(1_000);
    house.letAllGo();
    await drained;
    expect(house.loop.activeCount).toBe(0);
  });

  it('holds many runs at once without a warning of Node in the log', async () => {
    const warnings: string[] = [];
    const onWarning = ({ name }: Error): void => void warnings.push(name);
    process.on('warning', onWarning);
    let started = 0;
    const workflows = endlessWorkflows(() => (started += 1));
    const house = aFullHouse(30, {}, workflows);
    house.loop.start();
    await until(() => started === 30);
    const drained = house.loop.drain(1_000);
    house.loop.loseAll();
    await drained;
    process.off('warning', onWarning);
    expect(warnings).toEqual([]);
  });
});
