import { describe, expect, it } from 'vitest';
import { inspect } from '../inspect.js';
import type { SenderPolicy } from '../compiled-policy.js';
import { compilePolicy } from '../policy.js';
import { samplesOf } from '../samples/index.js';
import { toUnsigned } from '../samples/sample.js';
import { signAsSender } from './sign-as-sender.js';

const AT = 1_795_000_000;
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

function verdict(policy: SenderPolicy, body: string, headers: Record<string, string>): string {
  const request = {
    method: 'POST',
    url: 'https://hooks.example.com/hooks/abc',
    headers,
    rawBody: Buffer.from(body),
  };
  const result = signAsSender(policy, { ...request, at: AT });
  if (result.kind === 'unsigned') return result.why;
  const arrived = { method: 'POST', ...result.output, receivedAt: AT };
  return inspect(compilePolicy(policy), arrived).verification.status;
}

describe('signing as the sender', () => {
  it('takes the scheme that the body can be signed by', () => {
    const twilio = { sender: 'twilio', secrets: ['the auth token'] };
    expect(verdict(twilio, 'a=1', FORM)).toBe('verified');
    expect(verdict(twilio, '{"a":1}', { 'content-type': 'application/json' })).toBe('verified');
  });

  it('takes the scheme that the secret is for', () => {
    const json = { 'content-type': 'application/json' };
    expect(verdict({ sender: 'gitlab', secrets: ['a plain token!'] }, '{}', json)).toBe('verified');
    const verify = { header: 'x-sig', algorithm: 'sha512', encoding: 'base64' } as const;
    expect(verdict({ sender: 'hmac', secrets: ['a secret'], verify }, '{}', json)).toBe('verified');
  });

  it('uses the newest secret', () => {
    const github = { sender: 'github', secrets: ['newest', 'older'] };
    const result = signAsSender(github, {
      method: 'POST',
      url: '',
      headers: {},
      rawBody: Buffer.from('{}'),
      at: AT,
    });
    if (result.kind !== 'signed') throw new Error('It was not signed.');
    const request = { method: 'POST', ...result.output, receivedAt: AT };
    const onlyNewest = compilePolicy({ sender: 'github', secrets: ['newest'] });
    expect(inspect(onlyNewest, request).verification.status).toBe('verified');
  });

  it('says why it cannot sign for somebody who holds a private key', () => {
    const [sample] = samplesOf('discord');
    if (!sample) throw new Error('Discord has no sample.');
    const { headers, body } = toUnsigned(sample);
    const discord = { sender: 'discord', secrets: ['ab'.repeat(32)] };
    expect(verdict(discord, body, { ...headers })).toContain('private key that only Discord');
  });
});
