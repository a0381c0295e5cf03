import type { EndpointView, EventDetail } from '@hookloom/contracts';

/** Headers that belong to the connection or that the sender's proxy added: sending them again would be wrong. */
const OF_THE_CONNECTION =
  /^(host|content-length|connection|transfer-encoding|accept-encoding|x-forwarded-.*|forwarded)$/;

/** Whether a header, named in lower case, says nothing of the event itself. */
export function isOfTheConnection(name: string): boolean {
  return OF_THE_CONNECTION.test(name);
}

/** A call that sends the same request to the endpoint again; the body as text, quoted for a POSIX shell. */
export function eventCurl(event: EventDetail, endpoint: EndpointView, body: string): string {
  const headers = Object.entries(event.headers).filter(([name]) => !isOfTheConnection(name));
  return [
    `curl -X ${event.method} ${quote(`${endpoint.url}${queryText(event.query)}`)}`,
    ...headers.map(([name, value]) => `  -H ${quote(`${name}: ${value}`)}`),
    ...(body === '' ? [] : [`  --data-raw ${quote(body)}`]),
  ].join(' \\\n');
}

function queryText(query: EventDetail['query']): string {
  const pairs = Object.entries(query).flatMap(([name, value]) => [value].flat().map((one) => [name, one]));
  return pairs.length === 0 ? '' : `?${new URLSearchParams(pairs).toString()}`;
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
