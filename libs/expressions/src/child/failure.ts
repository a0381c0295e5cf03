import { LIMITS } from '@hookloom/contracts/limits';
import { toJsonataError, type JsonataError } from '../source/jsonata-error.js';
import { MAX_LIST_ITEMS } from './guards.js';

/** Why one expression gave no result. */
export interface Failure {
  readonly code: 'syntax' | 'failed' | 'timeout' | 'too_large' | 'unreadable_body';
  readonly message: string;
  readonly position?: number | undefined;
  /** JSONata's own code. */
  readonly reason?: string | undefined;
}

/** UTF-16 units that stay under LIMITS.errorTextBytes whatever they are. */
const MAX_MESSAGE_LENGTH = Math.floor(LIMITS.errorTextBytes / 4);

/** Says what an evaluation threw. Nothing of the event is in it but what JSONata's message quotes. */
export function toFailure(thrown: unknown, timeoutMs: number): Failure {
  const error = toJsonataError(thrown);
  return { ...kindOf(error, timeoutMs), position: error.position, reason: error.code || undefined };
}

function kindOf(error: JsonataError, timeoutMs: number): Pick<Failure, 'code' | 'message'> {
  if (error.code === 'D1012') return { code: 'timeout', message: slowMessage(timeoutMs) };
  if (error.code === 'D2014' || error.code === 'D2015') {
    const message = `The expression makes a list of more than ${MAX_LIST_ITEMS} items, which is the limit. Filter the list first.`;
    return { code: 'too_large', message };
  }
  if (/Invalid (string|array) length/.test(error.message))
    return { code: 'too_large', message: largeMessage() };
  return { code: 'failed', message: failedMessage(error) };
}

function failedMessage(error: JsonataError): string {
  if (error.code === 'D1011' || /call stack/i.test(error.message)) {
    return 'The expression calls itself too often. Check that its recursion ends, or write it as a tail call.';
  }
  if (error.code === 'T1005' || error.code === 'T1006') return notAFunctionMessage(error);
  const said = (error.message || 'JSONata gave no reason')
    .slice(0, MAX_MESSAGE_LENGTH)
    .replace(/\.?\s*$/, '');
  // The author's own `$error` or `$assert`.
  if (error.code === 'D3137' || error.code === 'D3141') return `The expression stopped with: ${said}.`;
  return `The expression failed${whereOf(error)}: ${said}. Correct it, or the data that it reads.`;
}

/** JSONata tells a name without its `$` (T1005) from one that it does not know. */
function notAFunctionMessage(error: JsonataError): string {
  const { code, token = 'what stands before the bracket' } = error;
  const advice =
    code === 'T1005' ? `Write $${token}.` : 'Check its name: functions begin with $, as $sum does.';
  return `The expression failed${whereOf(error)}: ${token} is not a function. ${advice}`;
}

function whereOf({ position }: JsonataError): string {
  return position === undefined ? '' : ` at character ${position}`;
}

export function slowMessage(timeoutMs: number): string {
  return `The expression ran longer than ${timeoutMs} ms and was stopped. Make it simpler, or give it less data.`;
}

export function largeMessage(): string {
  return `The expression's result is larger than ${LIMITS.stepOutputBytes / 1024} KiB, which is the limit. Keep only the fields you need.`;
}
