/** Entry of the child process that checks bodies against JSON Schemas. Started by `Child`, never imported. */
import { JOB } from '../pool/codes.js';
import type { FrameReader } from '../pool/frames.js';
import { SchemaChecks } from './schema-checks.js';
import { serve, type RecordSink } from './serve.js';

const checks = new SchemaChecks();

function handle(job: number, fields: FrameReader, records: RecordSink): void {
  const kind = fields.byte();
  const schemaJson = fields.text();
  const answer =
    kind === JOB.checkSchema
      ? checks.check(schemaJson)
      : checks.validate(schemaJson, { contentType: fields.optional(), bytes: fields.bytes() });
  records.send(job, (record) => record.text(JSON.stringify(answer)));
}

await serve(handle);
