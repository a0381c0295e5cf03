import { LIMITS } from '@hookloom/contracts/limits';
import jsonata from 'jsonata';
import type { Expression } from '../evaluator.js';
import type { Compiled } from './compiled-expressions.js';
import { largeMessage, toFailure, type Failure } from './failure.js';
import { byteLength, MAX_RESULT_DEPTH, toJson } from './to-json.js';

/** What one expression gave, as JSON text, or why it gave nothing. */
export type Result = { readonly ok: true; readonly json: string } | ({ readonly ok: false } & Failure);

export type JsonataResult = Exclude<Expression['as'], 'code'>;

export interface Evaluating {
  /** What of the value is wanted. */
  readonly as: JsonataResult;
  readonly timeoutMs: number;
}

/** `$boolean` itself says what counts as true. */
const truth = jsonata('$boolean($value)');

/** Evaluates one compiled expression on a document. Never throws; what blocks inside one call is not stopped. */
export async function evaluateOne(
  compiled: Extract<Compiled, { ok: true }>,
  document: unknown,
  { as, timeoutMs }: Evaluating,
): Promise<Result> {
  compiled.guards.timeout = timeoutMs;
  try {
    const value: unknown = await compiled.program.evaluate(document);
    return await PRINTERS[as](value);
  } catch (thrown) {
    return { ok: false, ...toFailure(thrown, timeoutMs) };
  }
}

/** Nothing is false. */
async function holds(value: unknown): Promise<Result> {
  const isTrue = typeof value === 'boolean' ? value : (await truth.evaluate(null, { value })) === true;
  return { ok: true, json: String(isTrue) };
}

/** A step's output as JSON text, within its limits. */
export function printValue(value: unknown): Result {
  return print(value, LIMITS.stepOutputBytes);
}

const PRINTERS: Readonly<Record<JsonataResult, (value: unknown) => Result | Promise<Result>>> = {
  value: printValue,
  condition: holds,
  list: printList,
};

function printList(value: unknown): Result {
  const items: readonly unknown[] = Array.isArray(value)
    ? value
    : value === undefined || value === null
      ? []
      : [value];
  const texts: string[] = [];
  let left: number = LIMITS.loopBytes;
  for (const item of items) {
    const printed = print(item, Math.min(left, LIMITS.stepOutputBytes));
    if (!printed.ok) return printed;
    texts.push(printed.json);
    left -= byteLength(printed.json);
  }
  return { ok: true, json: `[${texts.join(',\n')}]` };
}

function print(value: unknown, maxBytes: number): Result {
  const printed = toJson(value, maxBytes);
  if (printed.ok) return printed;
  const message =
    printed.why === 'large'
      ? largeMessage()
      : `The expression's result is nested deeper than ${MAX_RESULT_DEPTH} levels. Make it flatter.`;
  return { ok: false, code: 'too_large', message };
}
