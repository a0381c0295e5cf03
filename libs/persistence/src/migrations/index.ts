import { Schema1760000000000 } from './1760000000000-schema.js';

/** All migrations, oldest first. They only expand: binaries of two neighbouring releases work side by side. */
export const MIGRATIONS = [Schema1760000000000];
