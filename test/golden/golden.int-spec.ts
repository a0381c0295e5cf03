import { createEvaluatorPool } from '@hookloom/expressions';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import buildChild from '../../libs/expressions/test/build-child.js';
import { goldenCases } from './golden-case.js';
import { runByEngine } from './run-by-engine.js';
import { runByRunner } from './run-by-runner.js';

const evaluator = createEvaluatorPool();
beforeAll(buildChild);
afterAll(() => evaluator.close());

describe.each(goldenCases())('the workflow $name', (golden) => {
  it('comes to the same end by the runner and by the pure engine', async () => {
    const { end, journal } = await runByRunner(golden, evaluator);
    expect({ ...end, requests: end.requests.toSorted() }).toEqual({
      ...golden.expected,
      requests: golden.expected.requests.toSorted(),
    });
    const byEngine = runByEngine(golden.workflow, golden.event.trigger, journal);
    expect({ status: byEngine.status, left: byEngine.left }).toEqual({ status: end.status, left: [] });
  });
});
