import { TemplateSample, type EventDetail } from '@hookloom/contracts';
import { describe, expect, it } from 'vitest';
import { templateSample } from './template-sample.js';

const HEADERS = {
  host: 'hooks.example.com',
  'content-type': 'application/json; charset=utf-8',
  'x-event': 'order.paid',
  'x-shop-signature': 'abc',
  authorization: '[redacted]',
};
const anEvent = (changes: Partial<EventDetail> = {}) =>
  ({ method: 'POST', type: 'order.paid', headers: HEADERS, ...changes }) as unknown as EventDetail;
const bytes = (text: string) => new TextEncoder().encode(text);

describe('an event as a sample of a template', () => {
  it('has what the sender says, without its signature, its secrets and what belongs to the connection', () => {
    const sample = templateSample(anEvent(), bytes('{"total":5}'));
    expect(sample).toEqual({
      name: 'order.paid',
      type: 'order.paid',
      headers: { 'content-type': 'application/json; charset=utf-8', 'x-event': 'order.paid' },
      body: { total: 5 },
      effects: [],
    });
    expect(TemplateSample.parse(sample)).toEqual(sample);
  });

  it('keeps a body that is no JSON as it was sent', () => {
    const headers = { 'content-type': 'text/xml' };
    expect(templateSample(anEvent({ headers, type: undefined }), bytes('<a/>'))).toMatchObject({
      name: 'POST',
      body: '<a/>',
    });
    expect(templateSample(anEvent(), bytes('{"total":'))).toMatchObject({ body: '{"total":' });
  });

  it('is none where the body is no text', () => {
    expect(templateSample(anEvent(), Uint8Array.of(0xff, 0xfe, 0))).toBeUndefined();
  });
});
