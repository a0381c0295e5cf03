import { ON_ITEM_ERROR, type JournalEntry, type WorkflowDefinition } from '@hookloom/contracts';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { apply, decide, emptyRunState, fold, planOf, setPhase, takeStep, type RunState } from './index.js';

interface Body {
  /** Steps in a line; a nested body makes its step a loop. */
  readonly steps: readonly (Body | null)[];
}

/** Lines of steps inside loops inside lines, two deep at the most. */
const { body } = fc.letrec<{ body: Body }>((tie) => ({
  body: fc.record({
    steps: fc.array(fc.option(tie('body'), { nil: null, maxDepth: 2 }), { minLength: 1, maxLength: 3 }),
  }),
}));

/** Also gives every step an edge to the one after the next, so that there are joins. */
function toDefinition(outer: Body, joins: boolean): WorkflowDefinition {
  const steps: WorkflowDefinition['steps'] = [{ id: 'start', type: 'trigger.manual', config: {} }];
  const edges: WorkflowDefinition['edges'] = [];
  const add = ({ steps: line }: Body, from: string, handle: string): void => {
    const before: { id: string; handle: string }[] = [{ id: from, handle }];
    for (const inner of line) {
      const id = `s${steps.length}`;
      steps.push({ id, type: inner ? 'foreach' : 'transform', config: {} });
      for (const source of before.slice(joins ? -2 : -1)) {
        edges.push({ source: source.id, target: id, sourceHandle: source.handle });
      }
      if (inner) add(inner, id, 'each');
      before.push({ id, handle: inner ? 'done' : 'out' });
    }
  };
  add(outer, 'start', 'out');
  return { format: 1, steps, edges, settings: {} };
}

const fates = fc.infiniteStream(
  fc.record({
    fails: fc.nat(7),
    count: fc.integer({ min: 1, max: 3 }),
    concurrency: fc.integer({ min: 1, max: 3 }),
    onItemError: fc.constantFrom(...ON_ITEM_ERROR),
    pick: fc.nat(100),
  }),
);
type Fate = typeof fates extends fc.Arbitrary<fc.Stream<infer One>> ? One : never;

/** What a step does: a loop that has not begun begins its rounds, one that is over gives what they gave. */
function outcomeOf(state: RunState, path: string, fate: Fate): JournalEntry {
  const step = state.steps.get(path)!;
  const on = { stepId: step.planned.id, path, attempt: 1, startedAt: 0, at: 0 };
  const failed: JournalEntry = { kind: 'failed', ...on, error: { code: 'x', message: 'x' } };
  if (step.loop?.failure) return failed;
  if (step.loop) return { kind: 'succeeded', ...on, handle: 'done' };
  if (fate.fails === 0) return failed;
  const { count, concurrency, onItemError } = fate;
  if (step.planned.body) return { kind: 'looping', ...on, count, concurrency, onItemError };
  return { kind: 'succeeded', ...on, handle: 'out' };
}

describe('any loops with any outcomes', () => {
  it('end, do no step of a round twice, and none whose parents are not done; folding again gives the same', () => {
    fc.assert(
      fc.property(body, fc.boolean(), fates, (outer, joins, fate) => {
        const plan = planOf(toDefinition(outer, joins), 'start');
        const state = emptyRunState(plan);
        const entries: JournalEntry[] = [];
        const running: string[] = [];
        const done: string[] = [];
        for (let turn = 0; ; turn += 1) {
          if (turn > 5_000) throw new Error('It does not end.');
          const decision = decide(state, 0);
          if (decision.kind === 'finish') break;
          for (const path of decision.kind === 'execute' ? decision.paths : []) {
            const step = state.steps.get(path)!;
            const prefix = step.round?.prefix ?? '';
            const parents = step.planned.sources.filter((id) => id !== step.planned.loop);
            const isReady =
              parents.length === 0 ||
              parents.some((id) => state.steps.get(prefix + id)?.phase === 'succeeded');
            if (!isReady) throw new Error(`${path} began before those it waits for.`);
            if (step.loop) setPhase(state, path, 'running');
            else takeStep(state, path);
            running.push(path);
          }
          const next = fate.next().value;
          const [path] = running.splice(next.pick % running.length, 1);
          const entry = outcomeOf(state, path!, next);
          if (entry.kind === 'succeeded') done.push(path!);
          entries.push(entry);
          apply(state, entry);
        }
        expect(running).toEqual([]);
        expect(new Set(done).size).toBe(done.length);
        const again = fold(plan, entries);
        expect([...again.steps].map(([path, { phase }]) => [path, phase])).toEqual(
          [...state.steps].map(([path, { phase }]) => [path, phase]),
        );
      }),
      { numRuns: 200 },
    );
  });
});
