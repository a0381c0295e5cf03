/**
 * What a child says over its channel: `{ready: true}` once it serves, and `{bell: …}` for the other children
 * (which run has news; never anything that may not be lost). The launcher does not look into a bell.
 */
export type ChildMessage = { readonly kind: 'ready' } | { readonly kind: 'bell'; readonly bell: unknown };

/** Reads a child's message; `undefined` for one of no meaning here. */
export function parseChildMessage(message: unknown): ChildMessage | undefined {
  if (typeof message !== 'object' || message === null) return undefined;
  if ('ready' in message && message.ready === true) return { kind: 'ready' };
  if ('bell' in message) return { kind: 'bell', bell: message.bell };
  return undefined;
}
