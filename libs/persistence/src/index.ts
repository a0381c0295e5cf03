export * from './database/data-source.js';
export { migrate } from './database/migrate.js';
export * from './entities/index.js';
export * from './repositories/index.js';
