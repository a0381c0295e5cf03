export * from './advance.js';
export type { RunControl } from './interruption.js';
export * from './compiled-workflow.js';
export * from './destinations.js';
export { openConnection, resolveConfig } from './step-config.js';
export { errorInput } from './error-input.js';
export * from './ports.js';
export * from './runner-deps.js';
export { idempotencyKey } from './step-attempt.js';
