/** What a process needs before, or without, Nest: the launcher must start fast and stay small beside its children. */
export * from './config/config.js';
export * from './config/encryption-key.js';
export * from './logging/logger.js';
