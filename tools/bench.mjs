// npm run bench: measures the built product on this machine; test/load says what and how.
import { join } from 'node:path';
import { build, isStale } from './build.mjs';
import { ROOT, runNode } from './workspace.mjs';

const built = isStale() ? await build() : 0;
process.exitCode = built || (await runNode(join(ROOT, 'test/load/bench.mjs'), process.argv.slice(2)));
