import type { JournalEntry, WorkflowDefinition } from '@hookloom/contracts';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { apply, decide, fold, planOf, putBack, stepState, takeStep, type RunState } from './index.js';

const HANDLES = ['out', 'other'] as const;
/** What may come of one attempt; `crash`: the worker dies, and another one goes on from the journal. */
const FATES = ['done', 'done', 'done', 'repeat', 'postponed', 'crash', 'crashAfter', 'failed'] as const;
type Fate = (typeof FATES)[number];

const aGraph: fc.Arbitrary<WorkflowDefinition> = fc.integer({ min: 2, max: 10 }).chain((size) =>
  fc
    .array(fc.record({ from: fc.nat(size - 2), by: fc.nat(size), handle: fc.constantFrom(...HANDLES) }), {
      maxLength: 25,
    })
    .map((edges): WorkflowDefinition => ({
      format: 1,
      steps: Array.from({ length: size }, (_none, index) => ({
        id: `s${index}`,
        type: 'transform',
        config: {},
      })),
      edges: edges.map(({ from, by, handle }) => ({
        source: `s${from}`,
        target: `s${from + 1 + (by % (size - 1 - from))}`,
        sourceHandle: handle,
      })),
      settings: {},
    })),
);

/** An attempt that ended well enough that nothing may do it again. */
const isOver = ({ phase }: { readonly phase: string }): boolean =>
  phase === 'succeeded' || phase === 'skipped';

/** A worker that goes on after another one died: what was under way stands in no journal. */
function restart(definition: WorkflowDefinition, entries: readonly JournalEntry[]): RunState {
  const state = fold(planOf(definition, 's0'), entries);
  for (const [path, { phase }] of state.steps) if (phase === 'running') putBack(state, path);
  return state;
}

function outcome(id: string, attempt: number, now: number, fate: Fate, handle: string): JournalEntry {
  const on = { stepId: id, path: id, attempt, startedAt: now, at: now };
  const error = { code: 'x', message: 'x' };
  switch (fate) {
    case 'repeat':
      return { kind: 'failed', ...on, error, retryAt: now + 10 };
    case 'postponed':
      return { kind: 'postponed', ...on, until: now + 5, reason: 'Later.' };
    case 'failed':
      return { kind: 'failed', ...on, error };
    default:
      return { kind: 'succeeded', ...on, handle };
  }
}

/** Follows one run to its end; `causes` counts why a step may be done once more. */
function follow(definition: WorkflowDefinition, nextFate: () => { fate: Fate; handle: string }) {
  const entries: JournalEntry[] = [];
  const attempts = new Map<string, number>();
  const causes = new Map<string, number>();
  const count = (of: Map<string, number>, id: string): void => void of.set(id, (of.get(id) ?? 0) + 1);
  let now = 0;
  let state = restart(definition, entries);
  for (let turn = 0; ; turn += 1) {
    if (turn > 1_000) throw new Error('The run does not end.');
    const decision = decide(state, now);
    if (decision.kind === 'sleep') now = decision.until;
    else if (decision.kind !== 'execute') return { decision, attempts, causes };
    for (const id of decision.kind === 'execute' ? decision.paths : []) {
      const step = stepState(state, id);
      for (const source of step.planned.sources) expect(isOver(stepState(state, source))).toBe(true);
      const attempt = takeStep(state, id);
      count(attempts, id);
      // A run without end would say nothing: after a while all goes well.
      const { fate, handle } = turn < 200 ? nextFate() : { fate: 'done' as const, handle: 'out' };
      if (fate !== 'done' && fate !== 'failed') count(causes, id);
      if (fate !== 'crash') {
        const entry = outcome(id, attempt, now, fate, handle);
        entries.push(entry);
        apply(state, entry);
      }
      if (fate !== 'crash' && fate !== 'crashAfter') continue;
      if (fate === 'crashAfter') causes.set(id, (causes.get(id) ?? 1) - 1);
      state = restart(definition, entries);
      break;
    }
  }
}

describe('any graph with failures, waits and dying workers', () => {
  it('ends; a step is done again only with a cause, and never before all that it waits for is over', () => {
    const fates = fc.infiniteStream(
      fc.record({ fate: fc.constantFrom(...FATES), handle: fc.constantFrom(...HANDLES) }),
    );
    fc.assert(
      fc.property(aGraph, fates, (definition, stream) => {
        const { decision, attempts, causes } = follow(definition, () => stream.next().value);
        expect(decision.kind).toBe('finish');
        for (const [id, done] of attempts) {
          const allowed = 1 + (causes.get(id) ?? 0);
          // After a failure for good nothing starts any more, so that what was due again may be left undone.
          if (decision.kind === 'finish' && decision.status === 'failed')
            expect(done).toBeLessThanOrEqual(allowed);
          else expect(done).toBe(allowed);
        }
      }),
      { numRuns: 500 },
    );
  });
});
