// npm run docs: writes the pages of docs/senders and docs/steps from what is defined in the built libraries.
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { build, isStale } from './build.mjs';
import { referencePages } from './reference/pages.mjs';
import { ROOT } from './workspace.mjs';

if (isStale()) process.exitCode = await build();
const { describeSenders } = await import('../libs/senders/dist/index.js');
const { describeStepTypes } = await import('../libs/step-kit/dist/index.js');
const { builtInSteps } = await import('../libs/steps/dist/index.js');
const pages = referencePages({ senders: describeSenders(), steps: describeStepTypes(builtInSteps) });
const docs = join(ROOT, 'docs');
for (const folder of ['senders', 'steps']) await rm(join(docs, folder), { recursive: true, force: true });
for (const [path, text] of pages) {
  await mkdir(dirname(join(docs, path)), { recursive: true });
  await writeFile(join(docs, path), text);
}
process.stdout.write(`${pages.size} pages\n`);
