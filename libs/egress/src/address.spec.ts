import { describe, expect, it } from 'vitest';
import { parseAddress, specialKindOf } from './address.js';

function kindOf(text: string): string | undefined {
  const address = parseAddress(text);
  if (!address) throw new Error(`Not an address: ${text}`);
  return specialKindOf(address);
}

describe('specialKindOf', () => {
  it.each([
    '1.1.1.1',
    '8.8.8.8',
    '93.184.216.34',
    '172.15.255.255',
    '172.32.0.0',
    '192.167.255.255',
    '223.255.255.255',
    '2606:4700:4700::1111',
    '2a00:1450:4001:81b::200e',
    '::ffff:8.8.8.8',
    '64:ff9b::8.8.8.8',
  ])('takes %s for public', (address) => {
    expect(kindOf(address)).toBeUndefined();
  });

  it.each([
    '0.0.0.0',
    '0.255.255.255',
    '10.0.0.1',
    '100.64.0.1',
    '100.100.100.200',
    '127.0.0.1',
    '127.255.255.254',
    '168.63.129.16',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.0.0.192',
    '192.0.2.1',
    '192.88.99.1',
    '192.168.1.1',
    '198.18.0.1',
    '198.19.255.255',
    '198.51.100.7',
    '203.0.113.9',
    '224.0.0.1',
    '239.255.255.250',
    '240.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    'fe80::1',
    'fe80::1%eth0',
    'fc00::1',
    'fd00:ec2::254',
    'fec0::1',
    'ff02::1',
    '100::1',
    '2001:db8::1',
    '3fff::1',
    '5f00::1',
    '2001:2::1',
    '2001:10::1',
  ])('refuses %s', (address) => {
    expect(kindOf(address)).toBeDefined();
  });

  it.each([
    ['mapped', '::ffff:127.0.0.1'],
    ['mapped, written in hex', '::ffff:7f00:1'],
    ['translated (SIIT)', '::ffff:0:127.0.0.1'],
    ['compatible', '::127.0.0.1'],
    ['NAT64', '64:ff9b::10.0.0.1'],
    ['local NAT64', '64:ff9b:1::10.0.0.1'],
    ['6to4', '2002:7f00:1::1'],
    ['Teredo', '2001:0:4136:e378:8000:63bf:3fff:fdd2'],
    ['ISATAP', '2606:4700::5efe:192.168.0.1'],
    ['ISATAP with the global bit', '2606:4700::200:5efe:10.0.0.1'],
  ])('sees through %s', (_name, address) => {
    expect(kindOf(address)).toBeDefined();
  });
});
