// npm run bench [-- inbox | loops | queue | runs | verify | web]: measures the built product on this machine; test/load says what and how.
import { join } from 'node:path';
import { build, isStale } from './build.mjs';
import { ROOT, runNode } from './workspace.mjs';

const PARTS = {
  hot: 'bench.mjs',
  inbox: 'bench-inbox.mjs',
  loops: 'bench-loops.mjs',
  queue: 'bench-queue.mjs',
  runs: 'bench-runs.mjs',
  verify: 'bench-verify.mjs',
  web: 'bench-web.mjs',
};

const [first, ...rest] = process.argv.slice(2);
const isNamed = first !== undefined && Object.hasOwn(PARTS, first);
const file = isNamed ? PARTS[first] : PARTS.hot;
const built = isStale() ? await build() : 0;
process.exitCode =
  built || (await runNode(join(ROOT, 'test/load', file), isNamed ? rest : process.argv.slice(2)));
