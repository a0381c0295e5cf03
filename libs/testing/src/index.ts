export * from './database.js';
export * from './memory-run-store.js';
