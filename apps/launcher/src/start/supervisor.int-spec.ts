import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Supervisor } from './supervisor.js';

const program = fileURLToPath(new URL('../../test/stand-in-role.mjs', import.meta.url));
const never = new AbortController().signal;

interface Note {
  role: string;
  pid: number;
  did: 'begin' | 'hear' | 'drain';
  bell?: unknown;
}

let folder: string;
let supervisor: Supervisor;
let logs: string[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hookloom-launcher-'));
  logs = [];
});

afterEach(async () => {
  await supervisor.stop(0, never);
  rmSync(folder, { recursive: true, force: true });
});

function supervise(manners: Record<string, string>): Supervisor {
  supervisor = new Supervisor({
    programs: Object.entries(manners).map(([role, manner]) => ({
      role,
      program,
      env: { ROLE: role, MANNER: manner, JOURNAL: join(folder, 'journal') },
    })),
    firstPauseMs: 10,
    longestPauseMs: 40,
    log: (message) => logs.push(message),
  });
  return supervisor;
}

function notes(role: string, did: Note['did']): Note[] {
  const file = join(folder, 'journal');
  const lines = existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
  return lines.map((line): Note => JSON.parse(line)).filter((note) => note.role === role && note.did === did);
}

describe('the supervisor of the roles', () => {
  it('passes a bell of one process on to the others and not back', async () => {
    await supervise({ api: 'ringing', worker: 'quiet' }).start();
    await expect.poll(() => notes('worker', 'hear')[0]?.bell).toEqual({ runId: 'r1' });
    expect(notes('api', 'hear')).toEqual([]);
  });

  it('starts a killed process again, and again', async () => {
    await supervise({ api: 'quiet', worker: 'quiet' }).start();
    for (let kills = 1; kills <= 3; kills++) {
      process.kill(notes('worker', 'begin').at(-1)?.pid ?? 0, 'SIGKILL');
      await expect.poll(() => notes('worker', 'begin').length).toBe(kills + 1);
    }
    expect(notes('api', 'begin')).toHaveLength(1);
    expect(logs[0]).toBe('the worker process ended unexpectedly (SIGKILL); starting it again in 10 ms');
  });

  it('lets every process drain when it stops, and starts none again', async () => {
    await supervise({ api: 'quiet', worker: 'quiet' }).start();
    await supervisor.stop(10_000, never);
    expect([...notes('api', 'drain'), ...notes('worker', 'drain')]).toHaveLength(2);
    expect([...notes('api', 'begin'), ...notes('worker', 'begin')]).toHaveLength(2);
    expect(logs).toEqual([]);
  });

  it('ends a process that does not drain in time', async () => {
    await supervise({ worker: 'stubborn' }).start();
    await supervisor.stop(50, never);
    expect(notes('worker', 'drain')).toHaveLength(1);
  });

  it('ends a process that does not drain at once when hurried', async () => {
    await supervise({ worker: 'stubborn' }).start();
    const hurry = new AbortController();
    const stopped = supervisor.stop(60_000, hurry.signal);
    await expect.poll(() => notes('worker', 'drain').length).toBe(1);
    hurry.abort();
    await stopped;
  });
});

describe('a start that cannot succeed', () => {
  it('is given up when a process ends before it was ready', async () => {
    await expect(supervise({ api: 'quiet', worker: 'broken' }).start()).rejects.toThrow(
      'Hookloom could not start: its worker process ended (3); see the lines above.',
    );
    expect(notes('worker', 'begin')).toHaveLength(1);
  });
});
