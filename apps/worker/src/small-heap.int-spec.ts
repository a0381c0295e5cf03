import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

/** Most of the heap in use, MiB, while much that dies soon goes by what stays alive. */
const WORK = `
  const alive = Array.from({ length: 500_000 }, (_, at) => ({ at, text: 'alive ' + at }));
  const recent = [];
  let most = 0;
  for (let round = 0; round < 600; round += 1) {
    recent.push(Array.from({ length: 8_000 }, (_, at) => ({ round, at })));
    if (recent.length > 20) recent.shift();
    most = Math.max(most, process.memoryUsage().heapUsed);
    if (round % 10 === 0) await new Promise(setImmediate);
  }
  console.log(alive.length > 0 && most / 2 ** 20);`;

async function mostMiB(before: string): Promise<number> {
  const { stdout } = await promisify(execFile)(process.execPath, [
    '--input-type=module',
    '--eval',
    before + WORK,
  ]);
  return Number(stdout);
}

describe('the heap of a worker', () => {
  it('does not grow to a multiple of what is alive', async () => {
    const program = new URL('../dist/small-heap.js', import.meta.url).href;
    const small = await mostMiB(`import { keepHeapSmall } from '${program}'; keepHeapSmall();`);
    expect(small).toBeGreaterThan(0);
    expect(small).toBeLessThan(0.85 * (await mostMiB('')));
  });
});
