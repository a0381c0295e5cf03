export { DatabaseClock } from './database/clock.js';
export * from './database/data-source.js';
export { migrate } from './database/migrate.js';
export { createPools, type Pools, type PoolsSettings } from './database/pools.js';
export { StorageUnavailable } from './database/storage-errors.js';
export * from './entities/index.js';
export * from './repositories/index.js';
export { EncryptionKeyError, SecretBox, type SealedFor } from './secrets/secret-box.js';
export { hashToken } from './secrets/token-hash.js';
