import { mkdir } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { explain } from './explain.js';

it('says what to do about a folder that this user may not write to', () => {
  const refused = Object.assign(new Error("EACCES: permission denied, mkdir '/elsewhere'"), {
    code: 'EACCES',
  });
  expect(explain(refused)).toMatch(/no right.*mkdir '\/elsewhere'.*HOOKLOOM_DATA_DIR/s);
});

it('leaves the sentence of an expected fault as it is', async () => {
  const fault = await mkdir('/dev/null/below').catch((error: unknown) => error);
  expect(explain(fault)).toBe("ENOTDIR: not a directory, mkdir '/dev/null/below'");
});

it('shows where an unexpected fault came from', () => {
  expect(explain(new Error('lost'))).toContain('explain.spec.ts');
  expect(explain('lost')).toBe('lost');
});
