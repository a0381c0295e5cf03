import { describe, expect, it } from 'vitest';
import { AT, judgeByAny, signedSample } from '../../test/signed-samples.js';
import { describeSender } from '../describe.js';
import { inspect } from '../inspect.js';
import { compilePolicy } from '../policy.js';
import { CATALOGUE } from './index.js';

const [checked, unchecked] = [true, false].map((can) =>
  CATALOGUE.filter(({ schemes }) => schemes.some(({ kind }) => kind !== 'none') === can),
);

describe('all 149 products', () => {
  it('can be checked, but for those that offer no check', () => {
    expect((checked?.length ?? 0) + (unchecked?.length ?? 0)).toBe(149);
    expect(unchecked?.map(({ id }) => id)).toEqual(['salesforce']);
  });

  it.each(checked ?? [])('$id: what it signs is verified, and what it did not sign is refused', (sender) => {
    for (const scheme of sender.schemes.filter(({ kind }) => kind !== 'none')) {
      const request = signedSample(sender, scheme);
      expect(judgeByAny(sender, scheme, request).verification).toEqual({ status: 'verified' });
      const unsigned = {
        ...request,
        headers: {},
        url: 'https://hooks.example.com/',
        rawBody: Buffer.from('{}'),
      };
      expect(judgeByAny(sender, scheme, unsigned)).toMatchObject({ refuse: true });
    }
  });

  it.each(unchecked ?? [])('$id: says that it offers no check', ({ id }) => {
    const request = {
      method: 'POST',
      url: 'https://h.example/',
      headers: {},
      rawBody: Buffer.from('{}'),
      receivedAt: AT,
    };
    expect(inspect(compilePolicy({ sender: id, secrets: [] }), request).verification).toEqual({
      status: 'none',
    });
    expect(describeSender(id)?.schemes.map(({ summary }) => summary)).toEqual(['No check is offered']);
    expect(describeSender(id)?.secretFields).toEqual([]);
  });
});
