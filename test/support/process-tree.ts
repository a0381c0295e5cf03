import { readdirSync, readFileSync } from 'node:fs';

interface ProcessRow {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
}

/** The living descendants of a process, read from /proc, whose command line matches. */
export function descendants(of: number, command: RegExp): number[] {
  const rows = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(readProcess)
    .filter((row) => row !== undefined);
  const found: number[] = [];
  const open = [of];
  for (let parent = open.pop(); parent !== undefined; parent = open.pop()) {
    for (const row of rows) {
      if (row.parent !== parent) continue;
      open.push(row.pid);
      if (command.test(row.command)) found.push(row.pid);
    }
  }
  return found;
}

function readProcess(name: string): ProcessRow | undefined {
  try {
    const parent = /^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${name}/status`, 'utf8'))?.[1];
    const command = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ');
    return { pid: Number(name), parent: Number(parent), command };
  } catch {
    return undefined; // it ended while we looked
  }
}
