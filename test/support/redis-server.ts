import { spawn, type ChildProcess } from 'node:child_process';
import { Redis } from 'ioredis';
import { freePort } from './free-port.js';

/** A real Redis without persistence: what a restart forgets is really gone. */
export interface RedisServer {
  readonly url: string;
  flush(): Promise<void>;
  /** Ends it with SIGKILL and starts an empty one at the same address. */
  restartEmpty(): Promise<void>;
  close(): Promise<void>;
}

export async function startRedis(): Promise<RedisServer> {
  const port = await freePort();
  const url = `redis://127.0.0.1:${port}`;
  let server = await launch(port);
  return {
    url,
    async flush() {
      await withClient(url, (client) => client.flushall());
    },
    async restartEmpty() {
      await end(server);
      server = await launch(port);
    },
    close: () => end(server),
  };
}

async function launch(port: number): Promise<ChildProcess> {
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
  const child = spawn('redis-server', args, { stdio: 'ignore' });
  await withClient(`redis://127.0.0.1:${port}`, (client) => client.ping());
  return child;
}

async function withClient(url: string, act: (client: Redis) => Promise<unknown>): Promise<void> {
  const client = new Redis(url, { retryStrategy: () => 50, maxRetriesPerRequest: 100 });
  client.on('error', () => undefined);
  await act(client);
  client.disconnect();
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await ended;
}
