import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/**
 * Builds this lib and what it needs, so that the children run what the sources say: plain Node cannot read
 * TypeScript. Does nothing when all is up to date. Fit for Vitest's `globalSetup` and for `beforeAll`.
 */
export default function buildChild(): void {
  const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
  const compiler = at('../../../node_modules/@typescript/native/bin/tsc');
  execFileSync(process.execPath, [compiler, '-b', at('..')], { stdio: ['ignore', 'inherit', 'inherit'] });
}
