import { CATALOGUE } from './index.js';
import { anySender, hmacSender } from './generic.js';
import type { Sender } from '../model/sender.js';

/** Every sender that an endpoint can name, by id; the two generic ones first. */
export const SENDERS: ReadonlyMap<string, Sender> = new Map(
  [anySender, hmacSender, ...CATALOGUE].map((sender) => [sender.id, sender]),
);
