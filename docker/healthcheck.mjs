// Asks the process of this container whether it is ready. A worker alone answers at a port of its own, if it has one.
const port = process.env.HOOKLOOM_WORKER_PORT || process.env.HOOKLOOM_PORT || '3210';
try {
  const answer = await fetch(`http://127.0.0.1:${port}/health/ready`, { signal: AbortSignal.timeout(4_000) });
  process.exitCode = answer.ok ? 0 : 1;
} catch {
  process.exitCode = 1;
}
