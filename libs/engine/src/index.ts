export * from './apply.js';
export * from './check-graph.js';
export * from './decide.js';
export * from './plan.js';
export * from './retry.js';
export { emptyRoundState, isFresh, putBack } from './rounds.js';
export * from './run-state.js';
export * from './step-results.js';
