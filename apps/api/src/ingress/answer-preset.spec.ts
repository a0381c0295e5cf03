import { describe, expect, it } from 'vitest';
import { toAnswerPreset } from './answer-preset.js';

describe('toAnswerPreset', () => {
  it('is nothing where the ordinary answer will do', () => {
    expect(toAnswerPreset(undefined, undefined)).toBeUndefined();
    expect(toAnswerPreset({ mode: 'now' }, undefined)).toBeUndefined();
  });

  it('takes what the sender insists on, and puts the endpoint before it', () => {
    const ack = { status: 201, contentType: 'text/xml', body: '<ok/>' };
    expect(toAnswerPreset(undefined, ack)).toMatchObject({
      status: 201,
      body: '<ok/>',
      headers: { 'content-type': 'text/xml' },
    });
    expect(toAnswerPreset({ mode: 'now', body: 'own' }, ack)).toMatchObject({
      status: 201,
      body: 'own',
      headers: { 'content-type': 'text/plain; charset=utf-8' },
    });
  });

  it('sends an object or a list as JSON', () => {
    expect(toAnswerPreset({ mode: 'now', body: { ok: true } }, undefined)).toMatchObject({
      body: '{"ok":true}',
      headers: { 'content-type': 'application/json; charset=utf-8' },
    });
  });

  it('leaves out headers that a person may not set and those that no server could send', () => {
    const headers = {
      'Set-Cookie': 'a=b',
      'Transfer-Encoding': 'chunked',
      'Content-Security-Policy': "default-src 'unsafe-inline'",
      'Proxy-Authenticate': 'x',
      'bad name': 'x',
      split: 'a\r\nset-cookie: b=c',
      'X-Fine': 'yes',
    };
    expect(toAnswerPreset({ mode: 'now', headers }, undefined)?.headers).toEqual({
      'x-fine': 'yes',
      'content-security-policy': 'sandbox',
      'x-content-type-options': 'nosniff',
    });
  });

  it('calls JSON JSON', () => {
    const preset = toAnswerPreset({ mode: 'now', body: '{"ok":true}' }, undefined);
    expect(preset?.headers['content-type']).toBe('application/json; charset=utf-8');
  });
});
