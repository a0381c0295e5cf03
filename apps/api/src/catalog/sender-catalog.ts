import { SENDERS } from '@hookloom/senders';

/** Whether an endpoint may be for this sender. */
export function isKnownSender(id: string): boolean {
  return SENDERS.has(id);
}

/** Whether requests of this sender can be checked once a secret is set. */
export function canCheck(id: string): boolean {
  return SENDERS.get(id)?.schemes.some((scheme) => scheme.kind !== 'none') === true;
}
