// Runs at the end of `npm install`: builds, so that the first `npm start` is quick.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { build } from './build.mjs';
import { ROOT, rooms } from './workspace.mjs';

const hasCompiler = existsSync(join(ROOT, 'node_modules/nx')); // not with --omit=dev
if (rooms.length > 0 && hasCompiler) process.exitCode = await build();
