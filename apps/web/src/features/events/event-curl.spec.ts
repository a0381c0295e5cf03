import type { EndpointView, EventDetail } from '@hookloom/contracts';
import { describe, expect, it } from 'vitest';
import { eventCurl } from './event-curl.js';

describe('eventCurl', () => {
  it('quotes the body so that a shell sends it as it was', () => {
    const event = {
      method: 'POST',
      headers: { host: 'x', 'content-type': 'text/plain' },
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
});
