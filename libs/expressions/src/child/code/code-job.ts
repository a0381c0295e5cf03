import type { FrameReader, FrameWriter } from '../../pool/frames.js';
import { OUTCOME } from '../../pool/codes.js';
import { referencesOfCode } from '../../source/code-references.js';
import { needsOf } from '../../source/needs.js';
import { printValue } from '../evaluate-one.js';
import { buildDocument, readScope } from '../scope-document.js';
import type { RecordSink } from '../serve.js';
import { MAX_RESULT_DEPTH } from '../to-json.js';
import type { CodeResult, Sandbox } from './sandbox.js';

/** Runs the code of one request, a record each. */
export async function runCodeJob(
  sandbox: Sandbox,
  job: number,
  fields: FrameReader,
  records: RecordSink,
): Promise<void> {
  const timeoutMs = fields.number();
  const sources = Array.from({ length: fields.number() }, () => {
    fields.byte();
    return fields.text();
  });
  const scope = readScope(fields);
  const { root, unreadable } = buildDocument(scope);
  const scopeJson = JSON.stringify(root);
  for (const source of sources) {
    const needsBody = unreadable !== undefined && needsOf([referencesOfCode(source)], scope).body;
    const result = needsBody
      ? ({ ok: false, code: 'unreadable_body', message: unreadable, logs: [] } as const)
      : checked(await sandbox.run(source, scopeJson, timeoutMs));
    records.send(job, (record) => writeResult(record, result));
  }
}

/** The limits that every step's output keeps. */
function checked(result: CodeResult): CodeResult {
  if (!result.ok) return result;
  const printed = printValue(JSON.parse(result.json));
  if (printed.ok) return { ...printed, logs: result.logs };
  const message = `The code returns something larger than the limit, or nested deeper than ${MAX_RESULT_DEPTH} levels. Return less.`;
  return { ok: false, code: 'too_large', message, logs: result.logs };
}

function writeResult(record: FrameWriter, result: CodeResult): void {
  record.optional(undefined);
  record.byte(result.ok ? OUTCOME.value : OUTCOME.failure);
  if (result.ok) record.text(result.json);
  else record.text(JSON.stringify({ code: result.code, message: result.message, position: result.position }));
  record.text(JSON.stringify(result.logs));
}
