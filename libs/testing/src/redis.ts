import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './free-port.js';

/** A Redis server of a test's own that keeps nothing on disk: every start is an empty one. */
export interface RedisStandIn {
  readonly url: string;
  /** Forgets everything, as FLUSHALL does. */
  flush(): Promise<void>;
  /** SIGKILL. */
  kill(): Promise<void>;
  /** On the same port, empty. */
  start(): Promise<void>;
  close(): Promise<void>;
}

/** Starts `redis-server` from the PATH on a free port of 127.0.0.1. */
export async function startRedis(): Promise<RedisStandIn> {
  const port = await freePort();
  let child: ChildProcess | undefined;
  const start = async (): Promise<void> => {
    const settings = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
    child = spawn('redis-server', settings, { stdio: 'ignore' });
    while (!(await isOpen(port))) {
      if (child.exitCode !== null) throw new Error('redis-server ended. Is it installed?');
      await sleep(20);
    }
  };
  const kill = async (): Promise<void> => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  };
  await start();
  return { url: `redis://127.0.0.1:${port}`, flush: () => flushAll(port), kill, start, close: kill };
}

async function isOpen(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  const isThere = await new Promise<boolean>((resolve) => {
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
  });
  socket.destroy();
  return isThere;
}

async function flushAll(port: number): Promise<void> {
  const socket = connect(port, '127.0.0.1');
  socket.write('FLUSHALL\r\n');
  const [answer] = await once(socket, 'data');
  socket.destroy();
  if (String(answer) !== '+OK\r\n') throw new Error(`FLUSHALL: ${String(answer)}`);
}
