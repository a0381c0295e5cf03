import './zod-config.js';

/** The contract's schemas, made after zod was configured. In `src/api` always import them from here. */
export * from '@hookloom/contracts';
