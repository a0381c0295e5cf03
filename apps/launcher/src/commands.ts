import { readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { programOf, type Role } from './roles.js';

export interface Command {
  readonly name: string;
  readonly summary: string;
  /** Loads what it needs only when it runs: `verify` must not wait for a server's modules. */
  run(): Promise<void>;
}

/** All that `hookloom` can do, in the order of its help. */
export const COMMANDS: readonly Command[] = [
  {
    name: 'start',
    summary: 'run a whole server: database (unless DATABASE_URL is set), api and worker',
    run: async () => (await import('./start/launch.js')).launch(process.env),
  },
  {
    name: 'api',
    summary: 'run one api process against DATABASE_URL',
    run: () => runRole('api'),
  },
  {
    name: 'worker',
    summary: 'run one worker process against DATABASE_URL',
    run: () => runRole('worker'),
  },
  {
    name: 'verify',
    summary: 'check signatures: reads JSON lines on standard input, answers each with one line',
    run: async () => {
      const [{ verifyLines }, { judgeLine }] = await Promise.all([
        import('./verify/verify-lines.js'),
        import('@hookloom/senders'),
      ]);
      await verifyLines(process.stdin, process.stdout, judgeLine);
    },
  },
];

/** The role becomes this very process, so that signals reach it without a go-between. */
async function runRole(role: Role): Promise<void> {
  await import(pathToFileURL(programOf(role)).href);
}

export function helpText(): string {
  const width = Math.max(...COMMANDS.map(({ name }) => name.length));
  const lines = COMMANDS.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`);
  return [
    'Usage: hookloom COMMAND',
    '',
    'Commands:',
    ...lines,
    '',
    'Options:',
    '  --help     this text',
    '  --version  the version',
    '',
    'Settings are environment variables; README.md lists them.',
    '',
  ].join('\n');
}

/** The version of the installed product. */
export async function findVersion(): Promise<string> {
  const manifest: unknown = JSON.parse(await readFile(new URL('../package.json', import.meta.url), 'utf8'));
  const hasVersion = typeof manifest === 'object' && manifest !== null && 'version' in manifest;
  return hasVersion ? String(manifest.version) : 'unknown';
}
