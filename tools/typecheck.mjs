// npm run typecheck: the rooms as they are built, then every test and tool beside them, then the web app.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, rooms, runNode, programOf, tsc } from './workspace.mjs';

const builtByCompiler = rooms.filter((room) => !room.endsWith('web'));
const web = join(ROOT, 'apps/web');

/** The tests and the web app read what the rooms declare, but nothing of each other. */
const built = await runNode(tsc, ['-b', ...builtByCompiler]);
const others = await Promise.all([
  runNode(tsc, ['-p', 'tsconfig.spec.json']),
  existsSync(join(web, 'tsconfig.json')) ? runNode(programOf('vue-tsc'), ['--noEmit', '-p', web]) : 0,
]);
process.exitCode = [built, ...others].some((code) => code !== 0) ? 1 : 0;
