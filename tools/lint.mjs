// npm run lint: rules of code, format and imports, and the proof that the import rules refuse what they should.
import { runNode, programOf } from './workspace.mjs';

const CHECKS = [
  ['code', 'oxlint', []],
  ['format', 'prettier', ['--check', '--log-level=warn', '.']],
  ['imports', 'dependency-cruiser', ['--config', '.dependency-cruiser.cjs', 'apps', 'libs']],
  ['proof of the rules', 'vitest', ['run', '--project=unit', 'test/boundaries']],
];

const codes = await Promise.all(CHECKS.map(([, program, args]) => runNode(programOf(program), args)));
const failed = CHECKS.filter((_check, at) => codes[at] !== 0).map(([name]) => name);
process.stdout.write(failed.length === 0 ? 'lint: all is well\n' : `lint: failed: ${failed.join(', ')}\n`);
process.exitCode = failed.length === 0 ? 0 : 1;
