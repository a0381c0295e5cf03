import { execFile } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/**
 * A rule can be on and check nothing: a path is misspelt, an import resolves to nothing. So every rule is shown code
 * that it must refuse, in a small tree of the same shape, and the code beside it that it must let pass.
 */
const root = fileURLToPath(new URL('../../', import.meta.url));

const FILES: Record<string, string> = {
  'libs/contracts/src/index.ts': 'export const word = 1;',
  'libs/persistence/src/index.ts': 'export const store = 1;',
  'libs/testing/src/index.ts': 'export const builder = 1;',
  'libs/steps/src/index.ts': 'export const steps = 1;',
  'apps/worker/src/index.ts': 'export const worker = 1;',

  'libs/engine/src/allowed.ts': "export { word } from '../../contracts/src/index.js';",
  'libs/engine/src/upwards.ts': "export { store } from '../../persistence/src/index.js';",
  'libs/runner/src/knows-steps.ts': "export { steps } from '../../steps/src/index.js';",
  'apps/api/src/other-app.ts': "export { worker } from '../../worker/src/index.js';",
  'apps/api/src/runs/runs.ts': 'export const runs = 1;',
  'apps/api/src/ingress/detour.ts': "export { runs } from '../runs/runs.js';",
  'apps/launcher/src/database.ts': "export { store } from '../../../libs/persistence/src/index.js';",
  'apps/web/src/database.ts': "export { store } from '../../../libs/persistence/src/index.js';",
  'libs/dispatch/src/uses-test.ts': "export { builder } from '../../testing/src/index.js';",
  'libs/dispatch/src/round.ts': "import { trip } from './trip.js';\nexport const round = () => trip;",
  'libs/dispatch/src/trip.ts': "import { round } from './round.js';\nexport const trip = () => round;",
  'libs/dispatch/src/nowhere.ts': "export { gone } from './gone.js';",

  'libs/engine/src/system.ts': "import { readFile } from 'node:fs/promises';\nexport const read = readFile;",
  'libs/engine/src/chance.ts': 'export const chance = () => Math.random();',
  'libs/contracts/src/clock.ts': 'export const now = () => Date.now();',
  'libs/senders/src/hash.ts': "import { createHash } from 'node:crypto';\nexport const hash = createHash;",
  'libs/senders/src/system.ts': "import { connect } from 'node:net';\nexport const open = connect;",
  'libs/egress/src/client.ts': "import { request } from 'undici';\nexport const client = request;",
  'libs/steps/src/own-client.ts': "import { request } from 'undici';\nexport const call = request;",
  'libs/steps/src/own-request.ts': "import { request } from 'node:https';\nexport const call = request;",
  'libs/steps/src/own-fetch.ts': "export const call = () => fetch('http://127.0.0.1/');",
  'apps/worker/src/own-mail.ts':
    "import { createTransport } from 'nodemailer';\nexport const mail = createTransport;",
  'libs/runner/src/says-any.ts': 'export const loose = (value: any): unknown => value;',
  'libs/runner/src/asserts.ts': 'export const sure = (value: unknown): string => value as string;',
  'libs/runner/src/constant.ts': 'export const fixed = [1, 2] as const;',
  'libs/runner/src/asserts.spec.ts': 'export const sure = (value: unknown): string => value as string;',
  'libs/runner/src/insists.ts': 'export const first = (list: string[]): string => list[0]!;',
  'libs/runner/src/talks.ts': "export const talk = () => console.log('hello');",
};

interface Findings {
  /** File and rule, as `libs/engine/src/system.ts no-restricted-imports`. */
  readonly found: string[];
}

let tree: string;
let imports: Findings;
let lint: Findings;

beforeAll(async () => {
  tree = mkdtempSync(join(tmpdir(), 'hookloom-boundaries-'));
  for (const [path, text] of Object.entries(FILES)) {
    mkdirSync(dirname(join(tree, path)), { recursive: true });
    writeFileSync(join(tree, path), `${text}\n`);
  }
  for (const config of ['.oxlintrc.json', '.dependency-cruiser.cjs'])
    copyFileSync(join(root, config), join(tree, config));
  [imports, lint] = await Promise.all([cruise(), oxlint()]);
}, 60_000);

afterAll(() => rmSync(tree, { recursive: true, force: true }));

/** Both tools end with a fault when they find something, which is what is wanted here. */
function run(program: string, args: string[]): Promise<string> {
  return new Promise((resolve) => {
    execFile(
      join(root, 'node_modules/.bin', program),
      args,
      { cwd: tree, maxBuffer: 1e8 },
      (_error, stdout) => resolve(stdout),
    );
  });
}

async function cruise(): Promise<Findings> {
  const output = await run('depcruise', [
    '--config',
    '.dependency-cruiser.cjs',
    '--output-type',
    'json',
    'apps',
    'libs',
  ]);
  const report: { summary: { violations: { from: string; rule: { name: string } }[] } } = JSON.parse(output);
  return { found: report.summary.violations.map(({ from, rule }) => `${from} ${rule.name}`) };
}

async function oxlint(): Promise<Findings> {
  const report: { diagnostics: { filename: string; code: string }[] } = JSON.parse(
    await run('oxlint', ['-f', 'json']),
  );
  return {
    found: report.diagnostics.map(({ filename, code }) => `${filename} ${/\((.+)\)/.exec(code)?.[1]}`),
  };
}

describe('the import rules', () => {
  it.each([
    ['libs/engine/src/upwards.ts', 'room-libs-engine'],
    ['libs/runner/src/knows-steps.ts', 'room-libs-runner'],
    ['apps/api/src/other-app.ts', 'room-apps-api'],
    ['apps/api/src/ingress/detour.ts', 'ingress-imports-no-feature'],
    ['apps/launcher/src/database.ts', 'room-apps-launcher'],
    ['apps/web/src/database.ts', 'room-apps-web'],
    ['libs/dispatch/src/uses-test.ts', 'tests-stay-out-of-the-product'],
    ['libs/dispatch/src/round.ts', 'no-cycle'],
    ['libs/dispatch/src/nowhere.ts', 'imports-are-found'],
    ['libs/engine/src/system.ts', 'pure-engine'],
    ['libs/senders/src/system.ts', 'pure-senders'],
  ])('refuse %s by %s', (file, rule) => {
    expect(imports.found).toContain(`${file} ${rule}`);
  });

  it.each(['libs/engine/src/allowed.ts', 'libs/senders/src/hash.ts'])('let %s pass', (file) => {
    expect(imports.found.filter((finding) => finding.startsWith(file))).toEqual([]);
  });
});

describe('the lint rules', () => {
  it.each([
    ['libs/engine/src/chance.ts', 'no-restricted-properties'],
    ['libs/contracts/src/clock.ts', 'no-restricted-properties'],
    ['libs/steps/src/own-client.ts', 'no-restricted-imports'],
    ['libs/steps/src/own-request.ts', 'no-restricted-imports'],
    ['libs/steps/src/own-fetch.ts', 'no-restricted-globals'],
    ['apps/worker/src/own-mail.ts', 'no-restricted-imports'],
    ['libs/runner/src/says-any.ts', 'no-explicit-any'],
    ['libs/runner/src/asserts.ts', 'consistent-type-assertions'],
    ['libs/runner/src/insists.ts', 'no-non-null-assertion'],
    ['libs/runner/src/talks.ts', 'no-console'],
  ])('refuse %s by %s', (file, rule) => {
    expect(lint.found).toContain(`${file} ${rule}`);
  });

  it.each([
    'libs/egress/src/client.ts',
    'libs/senders/src/hash.ts',
    'libs/runner/src/constant.ts',
    'libs/runner/src/asserts.spec.ts',
  ])('let %s pass', (file) => {
    expect(lint.found.filter((finding) => finding.startsWith(file))).toEqual([]);
  });
});
