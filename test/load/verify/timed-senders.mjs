/** What `@hookloom/senders` gives, with a clock around each check; the times are written when the process ends. */
import { inspect as check } from '@hookloom/senders';
import { writeFileSync } from 'node:fs';
import { createHistogram } from 'node:perf_hooks';

export * from '@hookloom/senders';

const times = { verified: createHistogram(), unchecked: createHistogram() };

export function inspect(policy, request) {
  const startedAt = process.hrtime.bigint();
  const found = check(policy, request);
  times[found.verification.status]?.record(process.hrtime.bigint() - startedAt || 1n);
  return found;
}

process.on('exit', () => {
  const figures = Object.entries(times).map(([status, time]) => [
    status,
    { count: time.count, p50Us: time.percentile(50) / 1_000, p99Us: time.percentile(99) / 1_000 },
  ]);
  writeFileSync(process.env.TIMED_CHECKS, JSON.stringify(Object.fromEntries(figures)));
});
