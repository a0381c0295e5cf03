/** How a value stands inside text: strings as they are, null and nothing empty, the rest as JSON. */
export function toText(value: unknown): string {
  if (typeof value === 'string') return value;
  return value === null || value === undefined ? '' : JSON.stringify(value);
}

/** A scheme, an authority and the character that ends it: what follows is path, query or fragment. */
const HOST_ENDED = /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*[/?#]/i;

/**
 * How a value stands inside a URL: percent-encoded once the host is over, so that no value can add a path
 * segment, a parameter or a fragment. Before that it stands as it is, since it may be the base address.
 *
 * @param before the URL so far
 */
export function toUrlText(before: string, value: unknown): string {
  const text = toText(value);
  return HOST_ENDED.test(before) ? encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\ufffd')) : text;
}
