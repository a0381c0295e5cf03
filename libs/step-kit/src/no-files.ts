import { ConfigurationError } from './errors.js';
import type { FileReader } from './step-context.js';

/** For what is sent outside of a run, with no event, and for pure steps, which read nothing but their config. */
export const NO_FILES: FileReader = {
  read: () => Promise.reject(new ConfigurationError('There are no files here that could be read.')),
};
