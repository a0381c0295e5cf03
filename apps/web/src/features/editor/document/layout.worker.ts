import { tidyPositions, type LayoutTask } from './tidy-positions.js';

/** Lays a graph out beside the page, so that a large one never holds up typing or drawing. */
globalThis.addEventListener('message', ({ data }: MessageEvent<LayoutTask>) => {
  globalThis.postMessage(tidyPositions(data));
});
