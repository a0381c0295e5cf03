import type { EndpointView, EventDetail } from '@hookloom/contracts';
import { describe, expect, it } from 'vitest';
import { eventCurl } from './event-curl.js';

describe('eventCurl', () => {
  it('quotes the body so that a shell sends it as it was', () => {
    const event = {
      method: 'POST',
      headers: { host: 'x', 'content-type': 'text/plain' },
      query: {},
    } as unknown as EventDetail;
    const endpoint = { url: 'http://localhost:3210/hooks/abc' } as EndpointView;
    expect(eventCurl(event, endpoint, `it's`)).toBe(
      [
        "curl -X POST 'http://localhost:3210/hooks/abc'",
        "  -H 'content-type: text/plain'",
        `  --data-raw 'it'\\''s'`,
      ].join(' \\\n'),
    );
  });

  it('keeps the query', () => {
    const event = {
      method: 'GET',
      headers: {},
      query: { a: ['1', '2'], 'b c': '&' },
    } as unknown as EventDetail;
    const endpoint = { url: 'http://localhost:3210/hooks/abc' } as EndpointView;
    expect(eventCurl(event, endpoint, '')).toBe(
      `curl -X GET 'http://localhost:3210/hooks/abc?a=1&a=2&b+c=%26'`,
    );
  });
});
