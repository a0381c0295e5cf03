/** Entry of the child process that evaluates expressions and reads bodies. Started by `Child`, never imported. */
import { readBody } from '@hookloom/payload';
import { JOB } from '../pool/codes.js';
import type { FrameReader } from '../pool/frames.js';
import { checkExpression } from '../source/check-expression.js';
import { CompiledExpressions } from './compiled-expressions.js';
import { EvaluateJob } from './evaluate-job.js';
import { hardenSharedParts } from './guards.js';
import { serve, type RecordSink } from './serve.js';

const compiled = new CompiledExpressions();

async function handle(job: number, fields: FrameReader, records: RecordSink): Promise<void> {
  const kind = fields.byte();
  if (kind === JOB.evaluate) return new EvaluateJob(compiled, fields).run(job, records);
  const answer = kind === JOB.check ? checkSources(fields) : checkBody(fields);
  return records.send(job, (record) => record.text(JSON.stringify(answer)));
}

function checkSources(fields: FrameReader): unknown {
  const sources = Array.from({ length: fields.number() }, () => fields.text());
  return sources.map((source) => checkExpression(source) ?? null);
}

function checkBody(fields: FrameReader): unknown {
  const contentType = fields.optional();
  const reading = readBody({ bytes: fields.bytes(), contentType, ref: '' });
  return reading.ok ? { ok: true } : reading;
}

await hardenSharedParts();
await serve(handle);
