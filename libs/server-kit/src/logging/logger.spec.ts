import { describe, expect, it } from 'vitest';
import { createLogger } from './logger.js';

function logged(speak: (logger: ReturnType<typeof createLogger>) => void, readable = false): string {
  const lines: string[] = [];
  const destination = { write: (line: string) => void lines.push(line) };
  speak(
    createLogger({ level: 'debug', role: 'api', secrets: ['p@ss"word', 'short'], destination, readable }),
  );
  return lines.join('');
}

describe('the log', () => {
  it('is one JSON object a line', () => {
    const line = logged((logger) => logger.info({ runId: 7 }, 'done'));
    expect(JSON.parse(line)).toMatchObject({ level: 30, role: 'api', runId: 7, msg: 'done' });
  });

  it('is a readable line on a terminal, with the stack of an error', () => {
    const line = logged((logger) => logger.warn({ err: new Error('boom'), runId: 7 }, 'look'), true);
    expect(line).toMatch(/^\d\d:\d\d:\d\d\.\d{3} WARN  api look runId=7\nError: boom\n {4}at /);
  });

  it.each([
    ['a token of a trigger URL', { url: 'POST /hooks/abcDEF_123-x?a=1' }, 'abcDEF'],
    ['an API key', { text: 'used hl_abcdefghijkl today' }, 'abcdefghijkl'],
    ['the setup link', { text: 'http://x/setup?token=abc-DEF' }, 'abc-DEF'],
    ['a field that is called a secret', { headers: { authorization: 'Basic 123' } }, 'Basic 123'],
    ['a known secret', { text: 'postgres://u:p@ss"word@h' }, 'p@ss'],
    ['a known secret, encoded for a URL', { text: encodeURIComponent('p@ss"word') }, 'p%40ss'],
    ['a known secret in base64', { text: Buffer.from('p@ss"word').toString('base64') }, 'cEBzcyJ3b3Jk'],
    ['a known secret in an error', { err: new Error('no login for p@ss"word') }, 'p@ss'],
  ])('masks %s', (_name, fields, secret) => {
    const line = logged((logger) => logger.info(fields, 'x'));
    expect(line).not.toContain(secret);
    expect(line).toContain('[redacted]');
    expect(() => JSON.parse(line)).not.toThrow();
  });

  it('leaves short texts alone: they occur by chance', () => {
    expect(logged((logger) => logger.info('a short line'))).toContain('a short line');
  });
});
