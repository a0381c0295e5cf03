import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { SecretBox } from './secret-box.js';

const aKey = () => randomBytes(32).toString('base64');
const owner = { projectId: 'p', recordId: 'r' };

describe('SecretBox', () => {
  it('opens what it sealed, and seals the same text differently each time', () => {
    const box = new SecretBox(aKey());
    const sealed = box.seal('geheim ✓', owner);
    expect(box.open(sealed, owner)).toBe('geheim ✓');
    expect(box.seal('geheim ✓', owner)).not.toEqual(sealed);
    expect(sealed.includes('geheim')).toBe(false);
  });

  it('seals an empty text', () => {
    const box = new SecretBox(aKey());
    expect(box.open(box.seal('', owner), owner)).toBe('');
  });
});

describe('SecretBox refuses', () => {
  const box = new SecretBox(aKey());
  const sealed = box.seal('secret', owner);
  it.each([
    ['another record', sealed, { ...owner, recordId: 'other' }],
    ['another project', sealed, { ...owner, projectId: 'other' }],
    ['changed bytes', Buffer.concat([sealed.subarray(0, -1), Buffer.from([0])]), owner],
    ['too few bytes', sealed.subarray(0, 20), owner],
    ['no bytes', Buffer.alloc(0), owner],
  ])('%s', (_what, bytes, ownedBy) => {
    expect(() => box.open(bytes, ownedBy)).toThrow(expect.objectContaining({ code: 'encryption_key' }));
  });

  it('what another key sealed', () => {
    expect(() => new SecretBox(aKey()).open(sealed, owner)).toThrow('another key');
  });

  it.each(['', 'short', randomBytes(31).toString('base64')])('a key that is not 32 bytes: %s', (key) => {
    expect(() => new SecretBox(key)).toThrow('32 bytes');
  });
});
