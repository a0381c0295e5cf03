import type { EndpointTest } from '../../../api/endpoint-settings.api.js';
import type { SenderSample } from '../../../api/senders.api.js';

/** What is sent to an endpoint that names no sender. */
export const PLAIN_BODY = { test: true, message: 'This is a test event.' };

/** A body as people edit it: JSON over several lines, anything else as it is. */
export function toBodyText(body: unknown): string {
  return typeof body === 'string' ? body : JSON.stringify(body, undefined, 2);
}

/** Headers as people edit them: one a line. */
export function toHeaderLines(headers: Readonly<Record<string, string>>): string {
  return Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n');
}

/** What people wrote as headers, or the line that is none. */
export function parseHeaderLines(
  text: string,
): { readonly headers: Record<string, string> } | { readonly badLine: string } {
  const headers: Record<string, string> = {};
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue;
    const [, name, value] = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):\s*(.*?)\s*$/.exec(line) ?? [];
    if (name === undefined || value === undefined) return { badLine: line };
    headers[name.toLowerCase()] = value;
  }
  return { headers };
}

/** An event as it is edited before it is sent. */
export interface EditedEvent {
  /** What it began as; none for an endpoint without a sender. */
  readonly sample: SenderSample | undefined;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** What to ask the server for: only what was edited, so that the rest stays the sample's own. */
export function toEndpointTest({ sample, body, headers }: EditedEvent): EndpointTest {
  const own = Object.entries(headers).filter(([name, value]) => sample?.headers[name] !== value);
  const edited = own.length === 0 ? {} : { headers: Object.fromEntries(own) };
  if (sample) {
    return { sample: sample.name, ...edited, ...(body === toBodyText(sample.body) ? {} : { body }) };
  }
  const json = parseJson(body);
  if (json !== undefined) return { ...edited, body: json };
  return { body, headers: { 'content-type': 'text/plain', ...Object.fromEntries(own) } };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
