import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { existsSync } from 'node:fs';
import type { Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { FrameReader, FrameSplitter } from './frames.js';

/** Which program a child runs, with the flags of V8 that it can bear. */
export interface ChildProgram {
  /** File name of the built entry under `dist/child`. */
  readonly entry: string;
  readonly flags: readonly string[];
}

/** What a child tells its owner. */
export interface ChildEvents {
  /** It has booted and waits for frames. */
  onReady(): void;
  /** Something came: first each record of the job of that number, then this. */
  onRecord(job: number, record: FrameReader): void;
  onProgress(): void;
  /** It is gone. `isClean`: it ended by itself between two frames. */
  onExit(isClean: boolean): void;
}

const HEAP_MIB = 128;
/** No core dumps of people's data; an orphan that spins is ended by the kernel, later than a child ends itself. */
const LIMITED = 'ulimit -c 0; ulimit -t 2000; exec "$0" "$@"';

/** A child that spins would not see its parent end. */
const living = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of living) child.kill('SIGKILL');
});

/**
 * One child process: no environment, small heap, no prototypes to pollute, deaf to the terminal's Ctrl-C, and
 * of no weight for the parent's own life. The built file runs in every case: plain Node cannot read the sources.
 */
export class Child {
  private readonly process: ChildProcess;
  private readonly splitter = new FrameSplitter();
  private isReady = false;

  constructor(
    program: ChildProgram,
    private readonly events: ChildEvents,
  ) {
    const flags = [`--max-old-space-size=${HEAP_MIB}`, '--disable-proto=delete', ...program.flags];
    this.process = spawnLimited([...flags, entryPath(program)]);
    this.process.unref();
    living.add(this.process);
    for (const stream of [this.process.stdin, this.process.stdout]) {
      // A child that dies closes its pipes under our hands; its exit says all there is to say.
      stream?.on('error', () => undefined);
      unrefSocket(stream);
    }
    this.process.stdout?.on('data', (chunk: Buffer) => this.receive(chunk));
    this.process.once('error', () => events.onExit(false));
    this.process.once('exit', (code) => {
      living.delete(this.process);
      events.onExit(code === 0);
    });
  }

  get pid(): number | undefined {
    return this.process.pid;
  }

  /** The bytes must stay as they are until the frame is answered. */
  send(frame: readonly Buffer[]): void {
    const { stdin } = this.process;
    if (frame.length > 1) stdin?.cork();
    for (const part of frame) stdin?.write(part);
    if (frame.length > 1) stdin?.uncork();
  }

  /** The parent stays until the end of the child is seen: somebody's answer hangs on it. */
  kill(): void {
    this.process.ref();
    this.process.kill('SIGKILL');
  }

  private receive(chunk: Buffer): void {
    for (const frame of this.splitter.push(chunk)) {
      if (this.isReady) {
        const record = new FrameReader(frame);
        this.events.onRecord(record.number(), record);
      } else {
        this.isReady = true;
        this.events.onReady();
      }
    }
    this.events.onProgress();
  }
}

/** @throws Error if the lib is not built */
export function entryPath(program: ChildProgram): string {
  const path = fileURLToPath(new URL(`../../dist/child/${program.entry}`, import.meta.url));
  if (existsSync(path)) return path;
  throw new Error(`The expression child is not built: there is no ${path}. Run "npm run build".`);
}

function spawnLimited(nodeArguments: readonly string[]): ChildProcess {
  const options: SpawnOptions = {
    env: {},
    stdio: ['pipe', 'pipe', 'ignore'],
    detached: true,
    windowsHide: true,
  };
  if (process.platform === 'win32') return spawn(process.execPath, nodeArguments, options);
  return spawn('/bin/sh', ['-c', LIMITED, process.execPath, ...nodeArguments], options);
}

function unrefSocket(stream: object | null): void {
  if (isSocket(stream)) stream.unref();
}

function isSocket(stream: object | null): stream is Socket {
  return stream !== null && 'unref' in stream && typeof stream.unref === 'function';
}
