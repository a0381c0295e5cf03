import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import { GLOBAL_IPV6, SPECIAL_IPV4, SPECIAL_IPV6 } from './special-ranges.js';

/** An address as its 4 or 16 bytes; an IPv4 address that is wrapped in IPv6 is given as IPv4. */
export type Address = readonly number[];

/** All addresses whose first `bits` bits are those of `base`. */
export interface AddressRange {
  readonly base: Address;
  readonly bits: number;
}

const MAPPED = range('::ffff:0:0/96'); // RFC 4291, 2.5.5.2
const NAT64 = range('64:ff9b::/96'); // RFC 6052
const GLOBAL = range(GLOBAL_IPV6);
const SPECIAL = [...SPECIAL_IPV4, ...SPECIAL_IPV6].map(([text, name]) => ({ ...range(text), name }));

/** Reads an address in its plain spelling, as DNS and sockets give it; `undefined` for anything else. */
export function parseAddress(text: string): Address | undefined {
  const plain = text.startsWith('[') && text.endsWith(']') ? text.slice(1, -1) : text;
  const [withoutZone = ''] = plain.split('%', 1);
  return isIP(withoutZone) === 0 ? undefined : unwrap(ipaddr.parse(withoutZone).toByteArray());
}

/** Reads `10.0.0.0/8` or `fd00::/8`; `undefined` for anything else. */
export function parseRange(text: string): AddressRange | undefined {
  const [, base = '', bits = ''] = /^([^/]+)\/(\d{1,3})$/.exec(text) ?? [];
  const family = isIP(base);
  if (family === 0 || Number(bits) > (family === 4 ? 32 : 128)) return undefined;
  return { base: ipaddr.parse(base).toByteArray(), bits: Number(bits) };
}

export function isInRange(address: Address, { base, bits }: AddressRange): boolean {
  if (address.length !== base.length) return false;
  return base.every((byte, index) => {
    const wanted = Math.min(8, Math.max(0, bits - index * 8));
    const mask = 0xff & (0xff << (8 - wanted));
    return (byte & mask) === ((address[index] ?? 0) & mask);
  });
}

/** What keeps an address from being plain public unicast, as words for a sentence; `undefined`: it is public. */
export function specialKindOf(address: Address): string | undefined {
  const special = SPECIAL.find((candidate) => isInRange(address, candidate));
  if (special) return special.name;
  if (address.length === 4) return undefined;
  if (!isInRange(address, GLOBAL)) return 'a reserved address';
  const tunnelled = isatapTarget(address);
  return tunnelled && specialKindOf(tunnelled);
}

function unwrap(address: Address): Address {
  return isInRange(address, MAPPED) || isInRange(address, NAT64) ? address.slice(12) : address;
}

/** RFC 5214: an interface id of `0000:5efe` or `0200:5efe` carries an IPv4 address. */
function isatapTarget(address: Address): Address | undefined {
  const [first = 0, second, third, fourth] = address.slice(8, 12);
  const isIsatap = (first & 0xfd) === 0 && second === 0 && third === 0x5e && fourth === 0xfe;
  return isIsatap ? address.slice(12) : undefined;
}

function range(text: string): AddressRange {
  const parsed = parseRange(text);
  if (!parsed) throw new Error(`Not a range: ${text}`);
  return parsed;
}
