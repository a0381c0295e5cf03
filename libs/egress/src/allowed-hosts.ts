import { parseAddress, parseRange, type AddressRange } from './address.js';

/** Private targets that the operator opened (`HOOKLOOM_ALLOWED_PRIVATE_HOSTS`). */
export interface AllowedHosts {
  /** Lower case, without a final dot. Opens private addresses for that name only. */
  readonly names: ReadonlySet<string>;
  /** Opens these addresses, by whatever name they are reached. */
  readonly ranges: readonly AddressRange[];
}

/**
 * Reads names, addresses and CIDRs with commas between them.
 *
 * @throws Error with a sentence that names the bad entry: it must stop the start, since ignoring it would leave
 *   the operator with another protection than the one written down
 */
export function parseAllowedHosts(text: string | undefined): AllowedHosts {
  const names = new Set<string>();
  const ranges: AddressRange[] = [];
  for (const entry of (text ?? '').split(',').map((part) => part.trim())) {
    if (entry === '') continue;
    const range = entry.includes('/') ? parseRange(entry) : toRange(canonicalHost(entry));
    if (range) ranges.push(range);
    else names.add(parseName(entry));
  }
  return { names, ranges };
}

/** Lower case, punycode, IPv4 in its four-part spelling, no final dot; `undefined` for what is no host. */
export function canonicalHost(host: string): string | undefined {
  const inUrl = host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
  if (/[/?#@\\\s]/.test(inUrl) || !URL.canParse(`http://${inUrl}/`)) return undefined;
  const { hostname, port } = new URL(`http://${inUrl}/`);
  if (port !== '' || hostname === '') return undefined;
  return hostname.replace(/\.$/, '');
}

function toRange(host: string | undefined): AddressRange | undefined {
  const base = host === undefined ? undefined : parseAddress(host);
  return base && { base, bits: base.length * 8 };
}

function parseName(entry: string): string {
  const name = canonicalHost(entry);
  const isName =
    name !== undefined &&
    /^[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*$/.test(name);
  if (isName && !entry.includes(':')) return name;
  throw new Error(
    `HOOKLOOM_ALLOWED_PRIVATE_HOSTS: “${entry}” is no name, address or CIDR. Write for example: intranet.local, 10.0.0.5, 192.168.0.0/16.`,
  );
}
