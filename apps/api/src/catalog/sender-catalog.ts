/** Senders that need no data of their own. */
const GENERIC = new Set(['any', 'hmac']);

/** Whether an endpoint may be for this sender. */
export function isKnownSender(id: string): boolean {
  return GENERIC.has(id) || id !== '';
}

/** Whether requests of this sender can be checked once a secret is set. */
export function canCheck(id: string): boolean {
  return id !== 'any';
}
