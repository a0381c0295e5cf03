import type { Sender } from '../model/sender.js';
import { SENDERS_A_TO_L } from './a-to-l.js';
import { SENDERS_M_TO_Z } from './m-to-z.js';

/** Every product that this room knows, one file each. */
export const CATALOGUE: readonly Sender[] = [...SENDERS_A_TO_L, ...SENDERS_M_TO_Z];
