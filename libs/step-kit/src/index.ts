export * from './errors.js';
export * from './evaluated.js';
export * from './step-context.js';
export * from './step-outcome.js';
export * from './step-type.js';
