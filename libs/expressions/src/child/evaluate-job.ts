import { FLAG, OUTCOME } from '../pool/codes.js';
import type { FrameReader, FrameWriter } from '../pool/frames.js';
import { needsOf } from '../source/needs.js';
import type { References } from '../source/references.js';
import type { Compiled, CompiledExpressions } from './compiled-expressions.js';
import { evaluateOne, type JsonataResult, type Result } from './evaluate-one.js';
import { slowMessage } from './failure.js';
import { buildDocument, readScope, type ReceivedScope, type ScopeDocument } from './scope-document.js';
import type { RecordSink } from './serve.js';

interface Wanted {
  readonly source: string;
  readonly as: JsonataResult;
  readonly wantsReferences: boolean;
}

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
    const result = await evaluateOne(compiled, root, { as, timeoutMs: this.timeoutMs });
    this.isStopped = !result.ok && result.code === 'timeout';
    if (compiled.mayChangeInput) this.document = undefined;
    return result;
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

function writeResult(record: FrameWriter, result: Result, references: References | undefined): void {
  record.optional(references && JSON.stringify(references));
  record.byte(result.ok ? OUTCOME.value : OUTCOME.failure);
  if (result.ok) return record.text(result.json);
  const { code, message, position, reason } = result;
  return record.text(JSON.stringify({ code, message, position, reason }));
}
