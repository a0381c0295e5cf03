import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import buildChild from '../test/build-child.js';
import {
  conformanceCases,
  conformanceScope,
  evaluateBare,
  expectedOf,
  scopeDocument,
  type Verdict,
} from '../test/conformance.js';
import { createEvaluatorPool, type EvaluationOutcome, type EvaluatorPool } from './index.js';

let pool: EvaluatorPool;
beforeAll(() => {
  buildChild();
  pool = createEvaluatorPool();
});
afterAll(() => pool.close());

const verdictOf = (outcome: EvaluationOutcome | undefined): Verdict => {
  if (!outcome) return { error: 'no outcome' };
  return outcome.ok
    ? { value: JSON.parse(outcome.json) }
    : { error: outcome.error.reason ?? outcome.error.code };
};

describe('the child pool beside the bare library', () => {
  it('has at least 300 cases, none twice', () => {
    const expressions = conformanceCases.map(({ expression }) => expression);
    expect(new Set(expressions).size).toBeGreaterThan(300);
    expect(expressions.filter((expression, at) => expressions.indexOf(expression) !== at)).toEqual([]);
  });

  it.each([...new Set(conformanceCases.map(({ topic }) => topic))])(
    'gives the same for %s',
    async (topic) => {
      const cases = conformanceCases.filter((one) => one.topic === topic);
      const scope = conformanceScope();
      // Twice: first each child learns what an expression reads, then it is sent only that.
      for (let round = 0; round < 2; round += 1) {
        const pooled = await Promise.all(
          cases.map(async ({ expression }) => {
            const [outcome] = await pool.evaluate({
              expressions: [{ source: expression, as: 'value' }],
              scope,
            });
            return [expression, verdictOf(outcome)];
          }),
        );
        expect(pooled).toEqual(cases.map((one) => [one.expression, expectedOf(one)]));
      }
      const bare = await Promise.all(
        cases.map(async ({ expression }) => [expression, await evaluateBare(expression, scopeDocument)]),
      );
      expect(bare).toEqual(cases.map((one) => [one.expression, expectedOf(one)]));
    },
  );

  it('says of every condition what $boolean says, and false of nothing', async () => {
    const cases = conformanceCases.filter(({ error }) => error === undefined);
    const pooled = await Promise.all(
      cases.map(async ({ expression }) => {
        const expressions = [{ source: expression, as: 'condition' as const }];
        const [outcome] = await pool.evaluate({ expressions, scope: conformanceScope() });
        return [expression, verdictOf(outcome)];
      }),
    );
    const bare = await Promise.all(
      cases.map(async ({ expression }) => {
        const verdict = await evaluateBare(`($v := ${expression}\n; $boolean($v))`, scopeDocument);
        return [expression, 'value' in verdict ? { value: verdict.value === true } : verdict];
      }),
    );
    expect(pooled).toEqual(bare);
  });
});
