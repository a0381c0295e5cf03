import { describe, expect, it } from 'vitest';
import { conformanceCases, expectedOf, scopeDocument, type Verdict } from '../../test/conformance.js';
import { SettingPreview, type PreviewedAs, type PreviewResult } from './setting-preview.js';

const scope = { trigger: { body: { name: 'Ana', total: 40, note: null, path: 'a/b' } }, steps: {} };
const preview = (value: unknown, as: PreviewedAs = 'text') =>
  new SettingPreview(JSON.stringify(scope)).evaluate({ value, as }, 200);
const valueOf = (result: PreviewResult): unknown => (result.ok ? JSON.parse(result.json) : result);

describe('the preview of a setting', () => {
  it.each<[unknown, unknown]>([
    ['Hi {{ trigger.body.name }}, {{trigger.body.total}}{{ trigger.body.note }}', 'Hi Ana, 40'],
    ['{{ trigger.body.total }}', 40],
    ['{{ trigger.body.gone }}', null],
    ['plain', 'plain'],
    [{ a: ['{{ trigger.body }}'] }, { a: [scope.trigger.body] }],
  ])('of %j', async (value, expected) => {
    expect(valueOf(await preview(value))).toEqual(expected);
  });

  it('encodes what stands in a URL, and takes bare fields bare', async () => {
    expect(valueOf(await preview('https://x.example/{{ trigger.body.path }}', 'url'))).toBe(
      'https://x.example/a%2Fb',
    );
    expect(valueOf(await preview('trigger.body.total * 2', 'expression'))).toBe(80);
    expect(valueOf(await preview('trigger.body.gone', 'condition'))).toBe(false);
    expect(valueOf(await preview('trigger.body.total', 'list'))).toEqual([40]);
    expect(valueOf(await preview('trigger.body.gone', 'list'))).toEqual([]);
  });

  it('says what is wrong and where in the text', async () => {
    expect(await preview('Hi {{ trigger..body( }}')).toMatchObject({ ok: false, code: 'syntax' });
    expect(await preview('Hi {{ name')).toMatchObject({ ok: false, code: 'syntax', position: 3 });
    const failed = await preview('Sum {{ $sum("a") }}');
    expect(failed).toMatchObject({ ok: false, code: 'failed', position: 12 });
    expect(await preview('(', 'expression')).toMatchObject({ ok: false, code: 'syntax', position: 1 });
  });

  it('tells a wrong name from a forgotten $', async () => {
    expect(await preview('$summ([1])', 'expression')).toMatchObject({
      message:
        'The expression failed at character 6: summ is not a function. Check its name: functions begin with $, as $sum does.',
    });
    expect(await preview('sum([1])', 'expression')).toMatchObject({
      message: 'The expression failed at character 4: sum is not a function. Write $sum.',
    });
  });

  it('stops what never ends', async () => {
    expect(await preview('($f := function(){ $f() }; $f())', 'expression')).toMatchObject({
      code: 'timeout',
    });
  });

  it('leaves the sample as it was, whatever an expression does to it', async () => {
    const one = new SettingPreview(JSON.stringify(scope));
    const transform = '($clone := function($x){ $x }; trigger ~> |body|{"name": "Eve"}|)';
    await one.evaluate({ value: transform, as: 'expression' }, 200);
    expect(valueOf(await one.evaluate({ value: 'trigger.body.name', as: 'expression' }, 200))).toBe('Ana');
  });

  it('gives for every case what a run gives', async () => {
    const differing: string[] = [];
    const one = new SettingPreview(JSON.stringify(scopeDocument));
    for (const { expression, ...expected } of conformanceCases) {
      const result = await one.evaluate({ value: expression, as: 'expression' }, 2_000);
      const verdict: Verdict = result.ok ? { value: JSON.parse(result.json) } : { error: '' };
      const wanted = expectedOf({ expression, ...expected });
      const same = 'error' in wanted ? !result.ok : JSON.stringify(verdict) === JSON.stringify(wanted);
      if (!same) differing.push(expression);
    }
    expect(differing).toEqual([]);
  }, 30_000);
});
