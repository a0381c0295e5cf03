import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiUnderTest } from '../../apps/api/test/api-under-test.js';
import { InlineWorker } from '../../apps/api/test/inline-worker.js';
import { EventParts } from '../../apps/api/src/event-parts.js';
import { goldenCases, type GoldenCase } from './golden-case.js';

/** Cases that need nothing but the product: no answers of other servers or people, and no rest. */
function isSelfContained({ workflow, event }: GoldenCase): boolean {
  const { http, answers, connections, diedIn } = event;
  const others = [http, answers, connections].flatMap((one) => Object.keys(one));
  const needsOthers = others.length > 0 || diedIn !== undefined;
  const rests = workflow.steps.some(({ type }) => ['delay', 'wait', 'workflow', 'http'].includes(type));
  return !needsOthers && !rests && Object.keys(event.vars).length === 0;
}

let api: ApiUnderTest;
let worker: InlineWorker;
beforeAll(async () => {
  api = await ApiUnderTest.start();
  worker = await InlineWorker.start(api.parts, api.app.get(EventParts), () => ({ status: 200, text: '{}' }));
});
afterAll(async () => {
  await worker.close();
  await api.close();
});

describe.each(goldenCases().filter(isSelfContained))(
  'the workflow $name',
  ({ workflow, event, expected, name }) => {
    it('comes to the same end through the API', async () => {
      const made = await api.call('POST workflows', { body: { name, definition: workflow } });
      expect((await api.call(`POST workflows/${made.body.id}/publish`)).status).toBe(200);
      const input = { trigger: event.trigger, ...(event.body === undefined ? {} : { input: event.body }) };
      const { runId } = (await api.call(`POST workflows/${made.body.id}/runs`, { body: input })).body;
      await worker.work();
      const run = (await api.call(`GET runs/${runId}`)).body;
      expect(run.status).toBe(expected.status);
      if (expected.error) expect(run.error).toMatchObject(expected.error);
      const done = run.steps.filter((step: any) => step.startedAt !== undefined);
      expect(done.map((step: any) => step.path).toSorted()).toEqual(Object.keys(expected.steps).toSorted());
      for (const step of done) {
        const wanted = expected.steps[step.path];
        expect(step.status).toBe(wanted?.status);
        if (wanted && 'output' in wanted) expect(step.output).toEqual(wanted.output);
      }
    });
  },
);
