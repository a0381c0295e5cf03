// npm run typecheck: the rooms as they are built, then every test and tool beside them, then the web app.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, rooms, runNode, programOf, tsc } from './workspace.mjs';

const builtByCompiler = rooms.filter((room) => !room.endsWith('web'));
const web = join(ROOT, 'apps/web');

const codes = [
  await runNode(tsc, ['-b', ...builtByCompiler]),
  await runNode(tsc, ['-p', 'tsconfig.spec.json']),
  existsSync(join(web, 'tsconfig.json')) ? await runNode(programOf('vue-tsc'), ['--noEmit', '-p', web]) : 0,
];
process.exitCode = codes.some((code) => code !== 0) ? 1 : 0;
