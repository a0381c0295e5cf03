#!/usr/bin/env node
import { parseArgs } from 'node:util';
import { COMMANDS, findVersion, helpText } from './commands.js';
import { explain } from './explain.js';

/** What was typed cannot be understood; 2 is what shells and their tools use for it. */
const EXIT_USAGE = 2;

/** Runs one command line. Returns the exit code, or undefined where the command itself decides when to end. */
async function run(args: readonly string[]): Promise<number | undefined> {
  const { values, positionals } = readArguments(args);
  if (values.version) return say(await findVersion());
  if (values.help || positionals[0] === 'help') return say(helpText());
  const [name, ...rest] = positionals;
  const command = COMMANDS.find((known) => known.name === name);
  if (!command)
    throw new UsageError(name === undefined ? 'No command was given.' : `There is no command "${name}".`);
  if (rest.length > 0)
    throw new UsageError(`"${name}" takes no arguments, and was given "${rest.join(' ')}".`);
  await command.run();
  return undefined;
}

function readArguments(args: readonly string[]) {
  const options = {
    help: { type: 'boolean', short: 'h' },
    version: { type: 'boolean', short: 'v' },
  } as const;
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

class UsageError extends Error {}

function say(text: string): number {
  process.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
  return 0;
}

try {
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  const isUsage = error instanceof UsageError;
  const sentence = isUsage ? `${error.message} "hookloom --help" lists the commands.` : explain(error);
  process.stderr.write(`${sentence}\n`);
  process.exitCode = isUsage ? EXIT_USAGE : 1;
}
