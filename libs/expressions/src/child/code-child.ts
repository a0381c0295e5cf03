/** Entry of the child process that runs the code of steps. Started by `Child`, never imported. */
import { JOB } from '../pool/codes.js';
import type { FrameReader } from '../pool/frames.js';
import { runCodeJob } from './code/code-job.js';
import { Sandbox } from './code/sandbox.js';
import { serve, type RecordSink } from './serve.js';

const CHECK_MS = 1_000;
const sandbox = new Sandbox();

async function handle(job: number, fields: FrameReader, records: RecordSink): Promise<void> {
  if (fields.byte() === JOB.evaluate) return runCodeJob(sandbox, job, fields, records);
  const sources = Array.from({ length: fields.number() }, () => fields.text());
  const problems: ({ message: string; position: number } | null)[] = [];
  for (const source of sources) {
    const found = await sandbox.check(source, CHECK_MS);
    problems.push(found ? { message: found.message, position: found.position ?? 0 } : null);
  }
  return records.send(job, (record) => record.text(JSON.stringify(problems)));
}

await serve(handle);
