import type { JournalEntry, WorkflowDefinition } from '@hookloom/contracts';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { apply, decide, emptyRunState, fold, planOf, stepState, takeStep } from './index.js';

const HANDLES = ['out', 'true', 'false'] as const;

/** A graph without circles: edges lead from lower to higher numbers only. */
const aGraph: fc.Arbitrary<WorkflowDefinition> = fc.integer({ min: 2, max: 12 }).chain((size) =>
  fc
    .record({
      joins: fc.array(fc.constantFrom('all', 'any'), { minLength: size, maxLength: size }),
      edges: fc.array(
        fc.record({ from: fc.nat(size - 2), by: fc.nat(size), handle: fc.constantFrom(...HANDLES) }),
        { maxLength: 30 },
      ),
    })
    .map(({ joins, edges }): WorkflowDefinition => ({
      format: 1,
      steps: joins.map((join, index) => ({
        id: `s${index}`,
        type: 'transform',
        config: {},
        join: join === 'any' ? 'any' : 'all',
      })),
      edges: edges.map(({ from, by, handle }) => ({
        source: `s${from}`,
        target: `s${from + 1 + (by % (size - 1 - from))}`,
        sourceHandle: handle,
      })),
      settings: {},
    })),
);

const fates = fc.infiniteStream(fc.record({ handle: fc.constantFrom(...HANDLES, null), fails: fc.nat(9) }));

describe('any graph with any outcomes', () => {
  it('ends, does no step twice, and none before those it waits for; folding again gives the same', () => {
    fc.assert(
      fc.property(aGraph, fates, (definition, fate) => {
        const plan = planOf(definition, 's0');
        const state = emptyRunState(plan);
        const entries: JournalEntry[] = [];
        const runs = new Map<string, number>();
        for (let turn = 0; ; turn += 1) {
          expect(turn).toBeLessThan(100);
          const decision = decide(state, 0);
          if (decision.kind !== 'execute') {
            expect(decision.kind).toBe('finish');
            break;
          }
          for (const id of decision.paths) {
            const planned = plan.steps.get(id);
            const isReady = planned?.sources.some((source) => stepState(state, source).phase === 'succeeded');
            expect(id === 's0' || isReady).toBe(true);
            takeStep(state, id);
            runs.set(id, (runs.get(id) ?? 0) + 1);
            const { handle, fails } = fate.next().value;
            const on = { stepId: id, path: id, attempt: 1, startedAt: 0, at: 0 };
            const entry: JournalEntry =
              fails === 0
                ? { kind: 'failed', ...on, error: { code: 'x', message: 'x' } }
                : { kind: 'succeeded', ...on, handle };
            entries.push(entry);
            apply(state, entry);
          }
        }
        expect([...runs.values()].every((count) => count === 1)).toBe(true);
        const again = fold(plan, entries);
        for (const [id, step] of state.steps) expect(stepState(again, id).phase).toBe(step.phase);
      }),
      { numRuns: 500 },
    );
  });
});
