import { LIMITS } from '@hookloom/contracts/limits';
import jsonata from 'jsonata';
import type { Expression } from '../evaluator.js';
import { FLAG, OUTCOME } from '../pool/codes.js';
import type { FrameReader, FrameWriter } from '../pool/frames.js';
import { needsOf } from '../source/needs.js';
import type { References } from '../source/references.js';
import type { Compiled, CompiledExpressions } from './compiled-expressions.js';
import { largeMessage, slowMessage, toFailure, type Failure } from './failure.js';
import { buildDocument, readScope, type ReceivedScope, type ScopeDocument } from './scope-document.js';
import type { RecordSink } from './serve.js';
import { MAX_RESULT_DEPTH, toJson } from './to-json.js';

interface Wanted {
  readonly source: string;
  readonly as: Expression['as'];
  readonly wantsReferences: boolean;
}

type Result = { readonly ok: true; readonly json: string } | ({ readonly ok: false } & Failure);

/** `$boolean` itself says what counts as true. */
const truth = jsonata('$boolean($value)');

/** Evaluates the expressions of one request, a record each. */
export class EvaluateJob {
  private readonly timeoutMs: number;
  private readonly wanted: readonly Wanted[];
  private readonly scope: ReceivedScope;
  private document: ScopeDocument | undefined;
  private isStopped = false;

  constructor(
    private readonly compiled: CompiledExpressions,
    fields: FrameReader,
  ) {
    this.timeoutMs = fields.number();
    this.wanted = Array.from({ length: fields.number() }, () => readWanted(fields));
    this.scope = readScope(fields);
  }

  async run(job: number, records: RecordSink): Promise<void> {
    for (const wanted of this.wanted) {
      const compiled = this.compiled.get(wanted.source);
      const result = await this.evaluate(compiled, wanted);
      const references = wanted.wantsReferences && compiled.ok ? compiled.references : undefined;
      records.send(job, (record) => writeResult(record, result, references));
    }
  }

  private async evaluate(compiled: Compiled, { as }: Wanted): Promise<Result> {
    if (!compiled.ok) return { ok: false, code: 'syntax', ...compiled.problem };
    // One that ran too long used the time of the whole request.
    if (this.isStopped) return { ok: false, code: 'timeout', message: slowMessage(this.timeoutMs) };
    this.document ??= buildDocument(this.scope);
    const { root, unreadable } = this.document;
    if (unreadable !== undefined && needsOf([compiled.references], this.scope).body) {
      return { ok: false, code: 'unreadable_body', message: unreadable };
    }
    compiled.guards.timeout = this.timeoutMs;
    try {
      const value: unknown = await compiled.program.evaluate(root);
      return await PRINTERS[as](value);
    } catch (thrown) {
      const failure = toFailure(thrown, this.timeoutMs);
      this.isStopped = failure.code === 'timeout';
      return { ok: false, ...failure };
    } finally {
      if (compiled.mayChangeInput) this.document = undefined;
    }
  }
}

function readWanted(fields: FrameReader): Wanted {
  const flags = fields.byte();
  return {
    source: fields.text(),
    as: flags & FLAG.condition ? 'condition' : flags & FLAG.list ? 'list' : 'value',
    wantsReferences: (flags & FLAG.wantsReferences) !== 0,
  };
}

/** Nothing is false. */
async function holds(value: unknown): Promise<Result> {
  const isTrue = typeof value === 'boolean' ? value : (await truth.evaluate(null, { value })) === true;
  return { ok: true, json: String(isTrue) };
}

const PRINTERS: Readonly<Record<Expression['as'], (value: unknown) => Result | Promise<Result>>> = {
  value: (value) => print(value, LIMITS.stepOutputBytes),
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
    left -= Buffer.byteLength(printed.json);
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

function writeResult(record: FrameWriter, result: Result, references: References | undefined): void {
  record.optional(references && JSON.stringify(references));
  record.byte(result.ok ? OUTCOME.value : OUTCOME.failure);
  if (result.ok) return record.text(result.json);
  const { code, message, position, reason } = result;
  return record.text(JSON.stringify({ code, message, position, reason }));
}
