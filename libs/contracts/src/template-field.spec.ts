import { describe, expect, it } from 'vitest';
import { fromTemplateSetting, toTemplateSetting } from './template-field.js';

describe('a field of a template', () => {
  const framed = { frame: ['trigger.body.total >= ', ''] as [string, string] };

  it('stands inside its frame', () => {
    expect(toTemplateSetting(framed, ' 500 ')).toBe('trigger.body.total >= 500');
    expect(fromTemplateSetting(framed, 'trigger.body.total >= 500')).toBe('500');
  });

  it('is the whole setting without a frame', () => {
    expect(toTemplateSetting({}, 'https://crm.example.com')).toBe('https://crm.example.com');
    expect(fromTemplateSetting({}, 'https://crm.example.com')).toBe('https://crm.example.com');
  });

  it('is empty where the setting is', () => {
    expect(toTemplateSetting(framed, '  ')).toBeUndefined();
    expect(fromTemplateSetting(framed, undefined)).toBe('');
    expect(fromTemplateSetting(framed, '')).toBe('');
  });

  it('is not read out of a setting that somebody wrote otherwise', () => {
    expect(fromTemplateSetting(framed, 'trigger.body.total > 500 and trigger.body.paid')).toBeUndefined();
    expect(fromTemplateSetting({}, ['ana@example.com'])).toBeUndefined();
  });
});
