import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** A server that was killed a moment ago may still be letting go of the port. */
const PATIENCE_MS = 10_000;

export class PortTakenError extends Error {
  readonly code = 'port_taken';
  constructor(host: string, port: number) {
    super(
      `Port ${port} on ${host} is in use by another program. Stop that program, ` +
        'or set HOOKLOOM_PORT to a free port.',
    );
    this.name = 'PortTakenError';
  }
}

/**
 * Waits until the port can be listened on, so that a taken one is told in a sentence before anything else starts.
 *
 * @param log told once, when there is something to wait for
 * @throws PortTakenError if it stays taken
 */
export async function waitForPort(
  host: string,
  port: number,
  log: (message: string) => void,
  patienceMs = PATIENCE_MS,
): Promise<void> {
  const deadline = performance.now() + patienceMs;
  for (let waiting = false; !(await canListen(host, port)); waiting = true) {
    if (performance.now() > deadline) throw new PortTakenError(host, port);
    if (!waiting) log(`port ${port} on ${host} is in use; waiting up to ${patienceMs / 1_000} s for it`);
    await sleep(100);
  }
}

/** Any other fault (no right to the port, no such address) is told better by the program that listens. */
function canListen(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error) => resolve(!('code' in error && error.code === 'EADDRINUSE')));
    server.listen(port, host, () => server.close(() => resolve(true)));
  });
}
