import { describe, expect } from 'vitest';
import { test } from './support/browser-test.js';
import { Editor } from './support/editor.js';
import { aWebhookWorkflow } from './support/outside.js';

const IDS = ['one', 'two', 'three', 'four'];
const STEPS = IDS.map((id) => ({ id, type: 'transform', name: id, config: { expression: '1' } }));
/** Side by side, as wide as the canvas with nothing beside it. */
const positions = Object.fromEntries(IDS.map((id, at) => [id, { x: at * 288, y: 200 }]));

describe.each([
  ['the panel of a step', 'step=one', 'region', 'Step panel'],
  ['the versions', 'version=list', 'complementary', 'Versions'],
] as const)('a workflow that is opened with %s', (_what, query, role, name) => {
  test('has each of its steps in sight beside it', async ({ page, api }) => {
    const { id, definition, revision } = await aWebhookWorkflow(api, 'Opened beside', STEPS);
    const laid = { ...definition, layout: { positions } };
    await api.do('PUT', `/workflows/${id}`, { definition: laid, revision });
    const editor = new Editor(page);
    await page.goto(`/workflows/${id}/edit?${query}`);
    const docked = page.getByRole(role, { name });
    await docked.waitFor();
    const edgeOf = async (step: string) => {
      const box = await editor.card(step).boundingBox();
      return box === null ? Infinity : box.x + box.width;
    };
    const room = (await docked.boundingBox())?.x ?? 0;
    for (const step of IDS) await expect.poll(() => edgeOf(step)).toBeLessThanOrEqual(room);
  });
});
