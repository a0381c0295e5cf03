import { isIP } from 'node:net';
import { z } from 'zod';

export const Port = z
  .string()
  .regex(/^\d{1,5}$/, 'must be a port number from 0 to 65535')
  .transform(Number)
  .refine((port) => port <= 65_535, 'must be a port number from 0 to 65535');

export const DatabaseUrl = z
  .string()
  .refine(
    (text) => hasProtocol(text, ['postgres:', 'postgresql:']),
    'must be a PostgreSQL address, for example postgres://user:password@host:5432/database',
  );

export const RedisUrl = z
  .string()
  .refine(
    (text) => hasProtocol(text, ['redis:', 'rediss:']),
    'must be a Redis address, for example redis://host:6379',
  );

export const PublicUrl = z
  .string()
  .refine(
    (text) => hasProtocol(text, ['http:', 'https:']) && !/[?#]/.test(text),
    'must be an http or https address without ? and #, for example https://hooks.example.com',
  )
  .transform((text) => text.replace(/\/+$/, ''));

/** Kept away from the message: a key that is nearly right must not be shown. */
export const EncryptionKey = z.string().transform((text, context) => {
  const key = Buffer.from(text, 'base64');
  if (key.length === 32) return key;
  context.addIssue('must be 32 bytes in base64; make one with: openssl rand -base64 32');
  return z.NEVER;
});

const HOST_NAME = /^(?=.{1,253}$)[a-zA-Z0-9_]([a-zA-Z0-9_-]{0,62}[a-zA-Z0-9])?(\.[a-zA-Z0-9_-]{1,63})*\.?$/;

/** Names, addresses and CIDRs, separated by commas. A bad entry stops the start: it would silently open nothing. */
export const AllowedHosts = z.string().transform((text, context) => {
  const entries = text
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
  for (const entry of entries) {
    if (!isHostEntry(entry)) context.addIssue(`has an entry that is no name, address or CIDR: ${entry}`);
  }
  return entries;
});

function isHostEntry(entry: string): boolean {
  const [address = '', bits, ...rest] = entry.split('/');
  if (bits === undefined) return isIP(entry) !== 0 || (HOST_NAME.test(entry) && !/^[\d.]+$/.test(entry));
  const widest = isIP(address) === 4 ? 32 : 128;
  return rest.length === 0 && isIP(address) !== 0 && /^\d{1,3}$/.test(bits) && Number(bits) <= widest;
}

function hasProtocol(text: string, protocols: readonly string[]): boolean {
  return URL.canParse(text) && protocols.includes(new URL(text).protocol);
}
