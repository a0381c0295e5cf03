import type { Positions } from './draft.js';
import { tidyPositions, type LayoutTask } from './tidy-positions.js';

/** A graph that takes longer is left as it is. */
const MOST_MS = 2_000;

/**
 * Lays a graph out in a worker of its own, which ends with it.
 *
 * @returns `undefined` when it took longer than two seconds
 */
export async function layOut(task: LayoutTask): Promise<Positions | undefined> {
  if (typeof Worker === 'undefined') return tidyPositions(task);
  const worker = new Worker(new URL('./layout.worker.ts', import.meta.url), { type: 'module' });
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    return await new Promise((resolve, reject) => {
      worker.addEventListener('message', ({ data }: MessageEvent<Positions>) => resolve(data));
      worker.addEventListener('error', () => reject(new Error('The worker that lays out steps failed.')));
      timer = setTimeout(() => resolve(undefined), MOST_MS);
      worker.postMessage(task);
    });
  } finally {
    clearTimeout(timer);
    worker.terminate();
  }
}
