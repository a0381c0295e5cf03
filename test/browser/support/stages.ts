import type { TestProject } from 'vitest/node';
import { startStage, type Stage } from './stage.js';

declare module 'vitest' {
  export interface ProvidedContext {
    stages: readonly Stage[];
  }
}

/** A stage for each worker, so that nothing that one file makes is met by another at the same time. */
export default async function stages({ provide, config }: TestProject): Promise<() => Promise<void>> {
  const started = await Promise.all(Array.from({ length: config.maxWorkers }, startStage));
  provide(
    'stages',
    started.map(({ close: _close, ...stage }) => stage),
  );
  return async () => {
    await Promise.all(started.map((stage) => stage.close()));
  };
}
