import type { WorkflowDefinition } from '@hookloom/contracts';
import { stepResults, type StepResult } from '@hookloom/engine';
import type { ScopeValue } from '@hookloom/expressions';
import { giveTokens } from '@hookloom/step-kit/testing';
import { MemoryRunStore, NO_BODIES, OPEN_ROADS } from '@hookloom/testing';
import { vi } from 'vitest';
import {
  advance,
  CompiledWorkflows,
  RunFiles,
  idempotencyKey,
  type ClaimedRun,
  type RunnerDeps,
  type RunStore,
} from '../src/index.js';
import { pathsOf, registryOf, type StormGraph } from './storm-graph.js';
import { aRun } from './workshop.js';

const realImmediate = setImmediate;
const RUN_ID = '0192f0c1-2222-7333-8444-555566667777';
/** Timers of one life; a run that needs more goes round in a circle. */
const MOST_TIMERS = 3_000;

/** What may go wrong; parts of 1. */
export interface Weather {
  readonly failing: number;
  readonly slowMs: number;
  /** Ways in which a worker's hold may end before the run does. */
  readonly ends: readonly ('killed' | 'lost' | 'drained' | 'hurried')[];
}
export const CALM: Weather = { failing: 0, slowMs: 0, ends: [] };

export interface Seen {
  readonly status: string;
  /** By path: status and output of each step. */
  readonly steps: ReadonlyMap<string, string>;
  /** By path: how often it had its effect. */
  readonly effects: ReadonlyMap<string, number>;
  readonly answers: readonly string[];
}

/** Carries one run to its end through all weathers, in time that only this test moves. Fake timers must be on. */
export async function weather(graph: StormGraph, seed: number, how: Weather): Promise<Seen> {
  return new Storm(graph, randomFrom(seed), how).carryThrough();
}

/** One worker's hold on the run. */
class Life {
  isDead = false;
  isOver = false;
  readonly lost = new AbortController();
  readonly draining = new AbortController();
  readonly hurry = new AbortController();
}

class Storm {
  private readonly store = new MemoryRunStore();
  private readonly definition: WorkflowDefinition;
  private readonly pathOf: ReadonlyMap<string, string>;
  private readonly effects = new Map<string, number>();
  private readonly faults: string[] = [];
  private readonly answered = new Set<string>();
  private isWoken = false;

  constructor(
    graph: StormGraph,
    private readonly random: () => number,
    private readonly how: Weather,
  ) {
    this.definition = graph.definition;
    this.pathOf = new Map(pathsOf(graph).map((path) => [idempotencyKey(RUN_ID, path, 0), path]));
    this.store.add({ ...aRun(RUN_ID), parentRunId: 'parent' });
  }

  async carryThrough(): Promise<Seen> {
    const lives: Life[] = [];
    for (let turn = 0; this.store.lastReleaseOf(RUN_ID)?.kind !== 'finished'; turn += 1) {
      if (turn > 500) throw new Error('The run is claimed for ever.');
      await this.untilDue();
      const [run] = await this.store.claim(1);
      this.isWoken = false;
      if (!run) throw new Error('Nobody can claim the run.');
      const life = new Life();
      lives.push(life);
      await this.live(life, run);
    }
    for (let timers = 0; lives.some(({ isOver, isDead }) => !isOver && !isDead); timers += 1) {
      if (timers > MOST_TIMERS) throw new Error('A lost run goes on for ever.');
      await vi.advanceTimersToNextTimerAsync();
    }
    if (this.faults.length > 0) throw new Error(this.faults.join('\n'));
    return this.seen();
  }

  private async untilDue(): Promise<void> {
    const release = this.store.lastReleaseOf(RUN_ID);
    if (release?.kind !== 'asleep' || this.isWoken) return;
    if (release.until > 1e12 && this.answered.size === 0) throw new Error('The run waits for nothing.');
    while (Date.now() < release.until && !this.isWoken) {
      const leftMs = release.until - Date.now();
      await vi.advanceTimersByTimeAsync(Math.min(leftMs, 500));
    }
  }

  private async live(life: Life, run: ClaimedRun): Promise<void> {
    const end = this.how.ends[Math.floor(this.random() * this.how.ends.length * 2)];
    const endsAt = Date.now() + this.random() * 4_000;
    let isEnded = end === undefined;
    const never = new AbortController().signal;
    const control = {
      lost: life.lost.signal,
      cancelled: never,
      draining: life.draining.signal,
      hurry: life.hurry.signal,
    };
    void advance(this.deps(life), run, control).finally(() => (life.isOver = true));
    for (let timers = 0; !life.isOver; timers += 1) {
      if (timers > MOST_TIMERS)
        throw new Error(`The run hangs: ${JSON.stringify(this.store.journalOf(RUN_ID).at(-1))}`);
      await vi.advanceTimersToNextTimerAsync();
      await settled();
      if (isEnded || Date.now() < endsAt || life.isOver) continue;
      isEnded = true;
      if (end === 'drained' || end === 'hurried') life.draining.abort();
      if (end === 'hurried') life.hurry.abort();
      if (end !== 'killed' && end !== 'lost') continue;
      this.store.crash(RUN_ID);
      this.isWoken = true;
      if (end === 'lost') setTimeout(() => life.lost.abort(), this.random() * 500);
      else this.kill(life);
      return;
    }
  }

  /** Nothing of a killed process goes on. */
  private kill(life: Life): void {
    life.isDead = true;
    life.lost.abort();
  }

  private deps(life: Life): RunnerDeps {
    const store = this.stormy(life, this.store);
    const source = { load: async () => ({ key: 'w', name: 'W', definition: this.definition }) };
    const unused = (): never => {
      throw new Error('not part of this test');
    };
    return {
      store,
      workflows: new CompiledWorkflows(
        source,
        registryOf({
          act: (key, ms, signal, act) => this.act(life, { key, ms, signal }, act),
          answer: (key) => this.answerLater(key),
        }),
      ),
      connections: { open: async () => undefined },
      variables: { load: () => this.through(life, async () => '{}') },
      evaluator: {
        evaluate: async ({ expressions, scope }) => {
          const texts = [...scope.steps].map(async ([id, value]) => [id, await textOf(value)]);
          const json = JSON.stringify((await Promise.all(texts)).toSorted());
          return expressions.map(() => ({ ok: true, json }) as const);
        },
        close: async () => undefined,
      },
      http: { send: unused },
      mail: { send: unused, check: unused },
      files: new RunFiles(NO_BODIES),
      tokens: giveTokens(),
      destinations: OPEN_ROADS,
      changes: { publish: () => undefined, answered: () => undefined, ring: () => undefined },
      resumeUrl: () => 'https://example.com/',
      now: () => Date.now(),
      random: () => 0.5,
      reportFault: (error) => this.noteFault(error),
    };
  }

  private noteFault(error: unknown): void {
    const text = error instanceof Error ? error.message : String(error);
    if (!/^away|^lost on the way/.test(text))
      this.faults.push(error instanceof Error ? (error.stack ?? text) : text);
  }

  /** The store as a worker has it: slow, failing before or after what it was asked for. */
  private stormy(life: Life, store: RunStore): RunStore {
    return new Proxy(store, {
      get: (target, name: keyof RunStore) => {
        const method = target[name] as (...given: unknown[]) => Promise<unknown>;
        return (...given: unknown[]) => this.through(life, () => method.apply(target, given));
      },
    });
  }

  private async through<T>(life: Life, work: () => Promise<T>): Promise<T> {
    const { failing, slowMs } = this.how;
    const fate = this.random();
    if (slowMs > 0) await sleep(this.random() ** 4 * slowMs);
    if (life.isDead) return new Promise(() => undefined);
    if (fate < failing / 2) throw new Error('away');
    const answer = await work().catch((error: unknown) => {
      this.faults.push(String(error));
      throw error;
    });
    if (slowMs > 0) await sleep(this.random() ** 4 * slowMs);
    if (life.isDead) return new Promise(() => undefined);
    if (fate < failing) throw new Error('lost on the way');
    return answer;
  }

  private async act<T>(
    life: Life,
    { key, ms, signal }: { key: string; ms: number; signal: AbortSignal },
    act: (path: string, noteEffect: () => void) => T,
  ): Promise<T> {
    const path = this.pathOf.get(key) ?? 'unknown';
    if (life.isDead) return new Promise(() => undefined);
    if (signal.aborted) this.faults.push(`${path} begins although its run was stopped.`);
    const isOnDisk = this.store
      .journalOf(RUN_ID)
      .some((entry) => entry.kind === 'succeeded' && entry.path === path);
    if (isOnDisk) this.faults.push(`${path} begins although it is done.`);
    await sleep(ms * this.random(), signal);
    if (life.isDead) return new Promise(() => undefined);
    return act(path, () => this.effects.set(path, (this.effects.get(path) ?? 0) + 1));
  }

  private answerLater(key: string): void {
    const path = this.pathOf.get(key) ?? 'unknown';
    if (this.answered.has(path)) return;
    this.answered.add(path);
    setTimeout(() => {
      this.store.answer(RUN_ID, path, { outputJson: `"answer to ${path}"` });
      this.isWoken = true;
    }, this.random() * 1_500);
  }

  private async seen(): Promise<Seen> {
    const release = this.store.lastReleaseOf(RUN_ID);
    const status = release?.kind === 'finished' ? `${release.status} ${release.error?.code ?? ''}` : 'open';
    const compiled = await new CompiledWorkflows(
      { load: async () => ({ key: 'w', name: 'W', definition: this.definition }) },
      registryOf({ act: () => Promise.reject(new Error('over')), answer: () => undefined }),
    ).get(aRun(RUN_ID));
    const results = stepResults(
      compiled.plan,
      this.store.journalOf(RUN_ID),
      release?.kind === 'finished' ? release.status : 'running',
    );
    const steps = new Map<string, string>();
    for (const result of results) steps.set(result.path, `${result.status} ${await this.outputOf(result)}`);
    const isCutShort =
      status.startsWith('succeeded') && results.some(({ status: end }) => end === 'cancelled');
    if (isCutShort) throw new Error('The run succeeded, although not all of it was done.');
    const answers = this.store.toldParents.map((answer) => JSON.stringify(answer));
    return { status, steps, effects: this.effects, answers: [...new Set(answers)] };
  }

  private async outputOf({ output }: StepResult): Promise<string> {
    if (output?.kind === 'ref') return this.store.loadValue('', output.ref.ref);
    if (output?.kind !== 'list')
      return JSON.stringify(output?.kind === 'value' ? output.value : output?.kind);
    const parts = await Promise.all(output.parts.map(({ ref }) => this.store.loadValue('', ref)));
    return JSON.stringify(parts.flatMap((part) => JSON.parse(part)));
  }
}

/** Until all that follows from the last timer is done: an end comes between two moments, not within one. */
function settled(): Promise<void> {
  return new Promise((resolve) => void realImmediate(resolve));
}

/** Numbers from 0 to 1 that one seed decides. */
function randomFrom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

async function textOf(value: ScopeValue): Promise<string> {
  if (value.kind !== 'later' && value.kind !== 'json') return value.kind;
  return JSON.stringify(JSON.parse(value.kind === 'json' ? value.json : await value.load()));
}

async function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  let stop = (): void => undefined;
  await new Promise<void>((resolve, reject) => {
    stop = () => reject(signal?.reason);
    setTimeout(resolve, ms);
    signal?.addEventListener('abort', stop);
  }).finally(() => signal?.removeEventListener('abort', stop));
}
