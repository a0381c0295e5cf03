/**
 * Headers as the contract has them: names in lower case, repeats joined by `, `. Made from the raw list, since
 * Node drops repeats of some names. An ordinary object: one without a prototype costs ten times as much to print.
 */
export function toHeaders(rawHeaders: readonly string[]): Readonly<Record<string, string>> {
  const headers: Record<string, string> = {};
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    const name = (rawHeaders[at] ?? '').toLowerCase();
    const value = rawHeaders[at + 1] ?? '';
    const earlier = Object.hasOwn(headers, name) ? headers[name] : undefined;
    const joined = earlier === undefined ? value : `${earlier}, ${value}`;
    if (name === '__proto__') defineOwn(headers, name, joined);
    else headers[name] = joined;
  }
  return headers;
}

/** Assigning would set the prototype instead. */
function defineOwn(headers: Record<string, string>, name: string, value: string): void {
  Object.defineProperty(headers, name, { value, enumerable: true, configurable: true, writable: true });
}
