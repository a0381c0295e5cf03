import { describe, expect, it } from 'vitest';
import { parseHeaderLines, PLAIN_BODY, toBodyText, toEndpointTest, toHeaderLines } from './sample-text.js';

const sample = {
  name: 'order.paid',
  headers: { 'content-type': 'application/json', 'x-topic': 'paid' },
  body: { id: 'evt_1', total: 49 },
};
const unedited = { sample, body: toBodyText(sample.body), headers: sample.headers };

describe('what is sent as a sample', () => {
  it('is the sample by its name alone while nothing was edited', () => {
    expect(toEndpointTest(unedited)).toEqual({ sample: 'order.paid' });
  });

  it('is the sample with what was edited', () => {
    const body = toBodyText({ ...sample.body, total: 50 });
    expect(toEndpointTest({ ...unedited, body })).toEqual({ sample: 'order.paid', body });
    const headers = { ...sample.headers, 'x-topic': 'refunded' };
    expect(toEndpointTest({ ...unedited, headers })).toEqual({
      sample: 'order.paid',
      headers: { 'x-topic': 'refunded' },
    });
  });

  it('is JSON or a text for an endpoint without a sender', () => {
    const body = toBodyText(PLAIN_BODY);
    expect(toEndpointTest({ sample: undefined, body, headers: {} })).toEqual({ body: PLAIN_BODY });
    expect(toEndpointTest({ sample: undefined, body: 'hello', headers: { 'x-a': 'b' } })).toEqual({
      body: 'hello',
      headers: { 'content-type': 'text/plain', 'x-a': 'b' },
    });
  });
});

describe('headers as lines', () => {
  it('are read back as they were written', () => {
    expect(parseHeaderLines(toHeaderLines(sample.headers))).toEqual({ headers: sample.headers });
    expect(parseHeaderLines('X-Empty:\n\n X: no')).toEqual({ badLine: ' X: no' });
    expect(parseHeaderLines('X-Time: 10:30 ')).toEqual({ headers: { 'x-time': '10:30' } });
  });

  it('name the line that is none', () => {
    expect(parseHeaderLines('a: b\nno header')).toEqual({ badLine: 'no header' });
  });
});
