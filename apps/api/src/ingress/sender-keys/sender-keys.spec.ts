import { generateKeyPairSync } from 'node:crypto';
import { compilePolicy, inspect, sign, type SignedRequest } from '@hookloom/senders';
import { describe, expect, it } from 'vitest';
import type { KeyAnswer } from './known-keys.js';
import { FetchedSenderKeys } from './sender-keys.js';

const AT = 1_795_000_000;
const [older, newer] = [0, 1].map(() => generateKeyPairSync('ed25519'));
const policy = compilePolicy({ sender: 'fal-ai', secrets: [] });

function publishing(pair: typeof older): KeyAnswer {
  return {
    kind: 'keys',
    keys: [{ pem: pair!.publicKey.export({ type: 'spki', format: 'pem' }).toString() }],
  };
}

function signedBy(pair: typeof older): SignedRequest {
  const secret = pair!.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const request = { method: 'POST', url: 'https://h.example/', headers: {}, rawBody: Buffer.from('{}') };
  return { ...request, ...sign('fal-ai', { ...request, secret, at: AT }), receivedAt: AT };
}

async function verdict(
  request: SignedRequest,
  known: KeyAnswer,
  then: KeyAnswer | undefined,
): Promise<string> {
  const keys = new FetchedSenderKeys({ find: async () => known, findNewer: async () => then });
  const found = await keys.policyFor(policy, request);
  return found === 'busy' ? found : inspect(found, request).verification.status;
}

describe('a request whose keys are published', () => {
  it('is judged by newer keys where the known ones did not sign it', async () => {
    expect(await verdict(signedBy(newer), publishing(older), publishing(newer))).toBe('verified');
    expect(await verdict(signedBy(newer), publishing(older), publishing(older))).toBe('failed');
  });

  it('is refused by the keys that are known while newer ones cannot be had', async () => {
    expect(await verdict(signedBy(newer), publishing(older), undefined)).toBe('failed');
  });

  it('is unchecked while none can be had, and judged later where too much was asked for', async () => {
    expect(await verdict(signedBy(newer), { kind: 'away' }, undefined)).toBe('unchecked');
    expect(await verdict(signedBy(newer), { kind: 'busy' }, undefined)).toBe('busy');
  });

  it('compiles the keys of an endpoint once', async () => {
    const keys = new FetchedSenderKeys({
      find: async () => publishing(older),
      findNewer: async () => undefined,
    });
    const [one, two] = [
      await keys.policyFor(policy, signedBy(older)),
      await keys.policyFor(policy, signedBy(older)),
    ];
    expect(one).toBe(two);
    expect(one).not.toBe(policy);
  });
});
