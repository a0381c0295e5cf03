import { describe, expect, it } from 'vitest';
import { parseRequest } from './pasted-request.js';

describe('a pasted request', () => {
  it('is a URL', () => {
    expect(parseRequest(' https://api.test/orders?x=1 ')).toEqual({
      method: 'GET',
      url: 'https://api.test/orders?x=1',
    });
  });

  it('is a curl command over several lines, with JSON', () => {
    const command = `curl -X POST 'https://api.test/orders' \\
      -H 'Content-Type: application/json' -H "X-Token: a \\"b\\"" \\
      -d '{"id": 7, "name": "it is"}'`;
    expect(parseRequest(command)).toEqual({
      method: 'POST',
      url: 'https://api.test/orders',
      headers: { 'x-token': 'a "b"' },
      bodyType: 'json',
      body: { id: 7, name: 'it is' },
    });
  });

  it('sends forms and text as they are', () => {
    expect(parseRequest('curl https://api.test -d a=1 --data-raw "b=two words"')).toEqual({
      method: 'POST',
      url: 'https://api.test',
      bodyType: 'form',
      body: { a: '1', b: 'two words' },
    });
    expect(
      parseRequest('curl --request=PUT https://api.test -H "content-type: text/plain" -d hello'),
    ).toEqual({
      method: 'PUT',
      url: 'https://api.test',
      bodyType: 'text',
      body: 'hello',
    });
  });

  it('never takes passwords along', () => {
    expect(parseRequest('curl -u ana:secret https://api.test')).toEqual({
      method: 'GET',
      url: 'https://api.test',
    });
  });

  it('is nothing else', () => {
    for (const text of ['http', 'curl', 'curl --help', 'mail to Ana', 'https://']) {
      expect(parseRequest(text)).toBeUndefined();
    }
  });
});
