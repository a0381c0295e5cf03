import { SettingPreview } from '@hookloom/expressions/preview';
import { describe, expect, it } from 'vitest';
import { JSONATA_FUNCTIONS } from './jsonata-functions.js';

const preview = new SettingPreview('{"trigger": {}}');
const evaluate = (value: string) => preview.evaluate({ value, as: 'expression' }, 2_000);

describe('the table of functions', () => {
  it.each(JSONATA_FUNCTIONS)('$example gives $gives', async ({ example, gives }) => {
    const result = await evaluate(example);
    if (!result.ok) throw new Error(result.message);
    expect(JSON.parse(result.json)).toEqual(gives === 'nothing' ? null : JSON.parse(gives));
  });

  it('names functions that there are, each once', async () => {
    const names = JSONATA_FUNCTIONS.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) {
      expect(await evaluate(`$type($${name})`)).toEqual({ ok: true, json: '"function"' });
    }
  });
});
