import { describe, expect, it } from 'vitest';
import { stepSummary } from './step-summary.js';

describe('stepSummary', () => {
  it('puts settings into the pattern', () => {
    expect(stepSummary('{method} {url}', { method: 'POST', url: 'https://a.test' })).toBe(
      'POST https://a.test',
    );
  });
  it('finds nested settings and writes other values as JSON', () => {
    expect(stepSummary('{retry.max} of {list}', { retry: { max: 3 }, list: [1] })).toBe('3 of [1]');
  });
  it('leaves out what is not set, and the punctuation that would hang in the air', () => {
    expect(stepSummary('{method} {url}', { url: 'https://a.test' })).toBe('https://a.test');
    expect(stepSummary('{to}: {subject}', { subject: 'Hello' })).toBe('Hello');
    expect(stepSummary('{to}: {subject}', {})).toBe('');
    expect(stepSummary(undefined, {})).toBe('');
  });
});
