export * from './memory-run-store.js';
