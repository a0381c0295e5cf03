import { ConfigurationError } from '@hookloom/step-kit';

/**
 * Reads the address of a request. The URL parser brings every spelling of an IPv4 address (hex, octal, one
 * number) to its four parts, so what the guard sees is what the socket gets.
 *
 * @throws ConfigurationError for another scheme, a user or password in the address, or what is no URL
 */
export function parseTarget(text: string): URL {
  if (!URL.canParse(text)) {
    throw new ConfigurationError('The URL cannot be read. Write it as https://host/path.', {
      code: 'invalid_url',
    });
  }
  const url = new URL(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new ConfigurationError(`Only http and https can be called, not ${url.protocol.slice(0, 20)}`, {
      code: 'address_not_allowed',
    });
  }
  if (url.username !== '' || url.password !== '') {
    throw new ConfigurationError(
      'The URL holds a user or password, where they would be seen in logs. Put them into a connection.',
      { code: 'invalid_url' },
    );
  }
  return url;
}
