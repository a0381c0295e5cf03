import { describe, expect, it } from 'vitest';
import { AddressGuard } from './address-guard.js';
import { parseAllowedHosts } from './allowed-hosts.js';

function permits(list: string, host: string, address: string): boolean {
  try {
    new AddressGuard(parseAllowedHosts(list)).check(host, address);
    return true;
  } catch {
    return false;
  }
}

describe('parseAllowedHosts', () => {
  it('opens nothing when nothing is written', () => {
    expect(permits('', 'intranet.local', '10.0.0.5')).toBe(false);
    expect(parseAllowedHosts(undefined)).toEqual(parseAllowedHosts(' , '));
  });

  it('opens private addresses for a name only under that name', () => {
    expect(permits('Intranet.Local.', 'intranet.local', '10.0.0.5')).toBe(true);
    expect(permits('intranet.local', 'other.local', '10.0.0.5')).toBe(false);
    expect(permits('intranet.local', '10.0.0.5', '10.0.0.5')).toBe(false);
    expect(permits('intranet.local', 'sub.intranet.local', '10.0.0.5')).toBe(false);
  });

  it('opens the addresses of a CIDR by whatever name', () => {
    expect(permits('10.0.0.0/30', 'any.example', '10.0.0.3')).toBe(true);
    expect(permits('10.0.0.0/30', 'any.example', '10.0.0.4')).toBe(false);
    expect(permits('fd00::/8', 'any.example', 'fd12::1')).toBe(true);
    expect(permits('127.0.0.0/8', 'any.example', '::ffff:127.0.0.1')).toBe(true);
  });

  it('opens one address, in any spelling', () => {
    expect(permits('127.0.0.1', '127.0.0.1', '127.0.0.1')).toBe(true);
    expect(permits('0x7f.1', '127.0.0.1', '127.0.0.1')).toBe(true);
    expect(permits('::1', 'localhost', '::1')).toBe(true);
    expect(permits('127.0.0.1', 'localhost', '127.0.0.2')).toBe(false);
  });

  it.each([
    '10.0.0.0/33',
    'http://intranet',
    'intranet:8080',
    'a b',
    '*.local',
    'in/tranet',
    '10.0.0.0/',
    '::1/129',
  ])('refuses %s with a sentence that names it', (entry) => {
    expect(() => parseAllowedHosts(`localhost, ${entry}`)).toThrow(`“${entry}” is no name, address or CIDR`);
  });
});
