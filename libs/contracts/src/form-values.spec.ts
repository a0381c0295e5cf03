import { describe, expect, it } from 'vitest';
import { FormField, FormFields, startingValues, type FormField as Field } from './form-field.js';
import { readFormValues } from './form-values.js';

const field = (more: Partial<Field>): Field => ({ name: 'it', ...more });
const read = (more: Partial<Field>, given?: unknown) => readFormValues([field(more)], { it: given });
const valueOf = (more: Partial<Field>, given?: unknown) => {
  const reading = read(more, given);
  return reading.ok ? reading.values['it'] : reading.errors[0]?.message;
};
const options = ['Red', 'Blue', 'Green'];
const file = (filename: string, contentType: string, bytes = 10) => ({ filename, contentType, bytes });

describe('what a person fills in', () => {
  it.each([
    ['text', ' Ana ', 'Ana'],
    ['longText', 'a\r\n b', 'a\n b'],
    ['email', ' ana@example.com ', 'ana@example.com'],
    ['number', '12.50', 12.5],
    ['number', 12.5, 12.5],
    ['date', '2026-01-31', '2026-01-31'],
    ['choice', 'Blue', 'Blue'],
    ['several', ['Green', 'Red'], ['Red', 'Green']],
    ['several', 'Red', ['Red']],
    ['several', undefined, []],
    ['checkbox', 'on', true],
    ['checkbox', true, true],
    ['checkbox', undefined, false],
    ['number', '', null],
    ['text', undefined, null],
    ['file', undefined, null],
  ] as const)('into %s as %j is %j', (type, given, value) => {
    expect(valueOf({ type, options }, given)).toEqual(value);
  });

  it('reaches nobody under a name that is not declared', () => {
    const reading = readFormValues([field({})], { it: 'a', other: 'b', toString: 'c' });
    expect(reading).toEqual({ ok: true, values: { it: 'a' } });
  });

  it('does not come from the prototype', () => {
    expect(readFormValues([field({ name: 'constructor' })], {})).toEqual({
      ok: true,
      values: { constructor: null },
    });
  });
});

describe('a page says what is wrong with', () => {
  it.each([
    ['text', '', 'Fill it in'],
    ['choice', undefined, 'Choose one'],
    ['several', [], 'Choose one'],
    ['checkbox', undefined, 'tick it'],
    ['file', undefined, 'Choose a file'],
  ] as const)('a required %s that is empty', (type, given, message) => {
    expect(valueOf({ type, options, required: true, label: 'Colour' }, given)).toContain(message);
  });

  it.each([
    ['email', 'ana@', 'is no e-mail address'],
    ['number', '12,5 or so', 'is no number'],
    ['number', 'Infinity', 'is no number'],
    ['date', '31.1.2026', 'is no date'],
    ['date', '2026-02-30', 'is no date'],
    ['choice', 'Black', 'not among what is offered'],
    ['several', ['Red', 'Black'], 'among what is offered'],
    ['text', ['a', 'b'], 'is no text'],
    ['text', 'x'.repeat(4_001), 'too long'],
    ['file', 'cv.pdf', 'takes one file'],
  ] as const)('%s: %j', (type, given, message) => {
    expect(valueOf({ type, options, label: 'Colour' }, given)).toMatch(new RegExp(`^Colour.*${message}`));
  });

  it('a file that is too large or of another type', () => {
    const limits = { type: 'file', accept: '.pdf, image/*, text/csv', maxMegabytes: 1 } as const;
    expect(valueOf(limits, file('a.PDF', ''))).toMatchObject({ filename: 'a.PDF' });
    expect(valueOf(limits, file('a', 'image/png'))).toMatchObject({ filename: 'a' });
    expect(valueOf(limits, file('a', 'text/csv; charset=utf-8'))).toMatchObject({ filename: 'a' });
    expect(valueOf(limits, file('pdf.exe', 'application/x-exe'))).toContain('takes only .pdf');
    expect(valueOf(limits, file('a.pdf', '', 1024 * 1024 + 1))).toContain('larger than 1 MB');
  });
});

describe('a form', () => {
  it('takes options as a list or as lines', () => {
    const lines = FormField.parse({ name: 'it', type: 'choice', options: 'Red\n\n Blue \nRed' });
    expect(lines.options).toEqual(['Red', 'Blue']);
    expect(FormField.parse({ name: 'it', options: ['Red'] }).options).toEqual(['Red']);
  });

  it('refuses a choice of nothing and two fields of one name', () => {
    expect(FormField.safeParse({ name: 'it', type: 'choice', options: '\n' }).success).toBe(false);
    expect(FormFields.safeParse([{ name: 'a' }, { name: 'a' }]).success).toBe(false);
  });

  it('stands there with what its fields are filled in with beforehand, as far as it fits', () => {
    const starting = (more: Partial<Field>) => startingValues([field(more)])['it'];
    expect(starting({ default: ' Ana ' })).toBe('Ana');
    expect(starting({ type: 'number', default: '5' })).toBe('5');
    expect(starting({ type: 'choice', options, default: 'Blue' })).toBe('Blue');
    expect(starting({ type: 'choice', options, default: 'Black' })).toBe('');
    expect(starting({ type: 'several', options, default: 'Green\nBlack\nRed' })).toEqual(['Red', 'Green']);
    expect(starting({ type: 'checkbox', default: 'Yes' })).toBe('on');
    expect(starting({ type: 'checkbox', default: 'no' })).toEqual([]);
    for (const more of [{}, { default: ' ' }, { type: 'file', default: 'a.pdf' }] as const)
      expect(startingValues([field(more)])).toEqual({});
  });
});
