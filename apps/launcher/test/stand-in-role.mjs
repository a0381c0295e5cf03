// Stands in for an api or a worker: writes down what happens to it, one JSON line a time, in the file it is given.
import { appendFileSync } from 'node:fs';

const { ROLE, JOURNAL, MANNER } = process.env;
const note = (what) =>
  appendFileSync(JOURNAL, `${JSON.stringify({ role: ROLE, pid: process.pid, ...what })}\n`);

process.on('SIGTERM', () => {
  note({ did: 'drain' });
  if (MANNER !== 'stubborn') process.exit(0);
});
process.on('message', ({ bell }) => {
  note({ did: 'hear', bell });
});
note({ did: 'begin' });
if (MANNER === 'broken') process.exit(3);
process.send({ ready: true });
if (MANNER === 'ringing') setInterval(() => process.send({ bell: { runId: 'r1' } }), 20);
else setInterval(() => undefined, 1_000);
