import { LIMITS } from '@hookloom/contracts/limits';
import type { Failure } from '../failure.js';
import { CODE_FILE } from './code-names.js';

/** What was thrown, as the prelude tells it; an error of another kind has a message alone. */
interface Thrown {
  readonly name?: string | undefined;
  readonly message?: string | undefined;
  readonly stack?: string | undefined;
}

const MEGABYTE = 1024 * 1024;
const PLACE = new RegExp(`\\b${CODE_FILE}:(\\d+)(?::\\d+)?`);

/** Says what code threw, and on which of its lines. @param told JSON text of what was thrown */
export function toCodeFailure(told: string, source: string): Failure {
  const thrown = readThrown(told);
  if (thrown.name === 'InternalError' && thrown.message === 'out of memory') return outOfMemory();
  if (thrown.name === 'InternalError' && thrown.message === 'stack overflow') return tooDeep(thrown, source);
  const said = `${thrown.name ? `${thrown.name}: ` : ''}${thrown.message || 'nothing was said'}`;
  const isSyntax = thrown.name === 'SyntaxError' && !/ \(|\bnative\b/.test(thrown.stack ?? '');
  const what = isSyntax ? 'The code cannot be read' : 'The code failed';
  const place = placeOf(thrown, source);
  return {
    code: isSyntax ? 'syntax' : 'failed',
    message: `${what}${place.words}: ${said.replace(/\.?\s*$/, '')}.${isSyntax ? '' : ' Correct it, or the data that it reads.'}`,
    ...place.at,
  };
}

export function slowCode(timeoutMs: number): Failure {
  return {
    code: 'timeout',
    message: `The code ran longer than ${timeoutMs} ms and was stopped. Look for a loop that does not end, or give it less data.`,
  };
}

export function outOfMemory(): Failure {
  return {
    code: 'too_large',
    message: `The code needs more than ${LIMITS.codeMemoryBytes / MEGABYTE} MiB of memory. Keep less at the same time, or give it less data.`,
  };
}

export function neverEnds(): Failure {
  return {
    code: 'failed',
    message:
      'The code waits for a promise that nothing will ever settle. There are no timers and no network here.',
  };
}

/** @param thrown what is known of it; nothing where the engine itself gave up */
export function tooDeep(thrown: Thrown, source: string): Failure {
  const { words, at } = placeOf(thrown, source);
  return {
    code: 'failed',
    message: `The code calls itself too often${words}. Check that its recursion ends.`,
    ...at,
  };
}

export function tooLargeResult(): Failure {
  return {
    code: 'too_large',
    message: `The code returns more than ${LIMITS.stepOutputBytes / 1024} KiB, which is the limit. Return only the fields you need.`,
  };
}

/** The line as words, and where it begins in the source. */
function placeOf({ stack = '' }: Thrown, source: string): { words: string; at: { position?: number } } {
  const line = Number(PLACE.exec(stack)?.[1] ?? 0);
  const lines = source.split('\n');
  if (line < 1 || line > lines.length) return { words: '', at: {} };
  const end = lines.slice(0, line).join('\n').length;
  return { words: ` on line ${line}`, at: { position: end } };
}

function readThrown(told: string): Thrown {
  try {
    const value: unknown = JSON.parse(told);
    if (typeof value !== 'object' || value === null) return {};
    const textOf = (name: string): string | undefined => {
      const found: unknown = Reflect.get(value, name);
      return typeof found === 'string' ? found : undefined;
    };
    return { name: textOf('name'), message: textOf('message'), stack: textOf('stack') };
  } catch {
    return {};
  }
}
