import { REDACTED, type EventDetail, type TemplateSample } from '@hookloom/contracts';
import { isOfTheConnection } from './event-curl.js';
import { readableText } from './raw-text.js';

/** A sample is signed anew whenever it is sent. */
const OF_THE_SIGNATURE = /signature|hmac/;

/**
 * An event in the form in which a template keeps its samples. Its effects are for whoever writes the template.
 *
 * @returns `undefined` where the body is no text, which a template cannot hold
 */
export function templateSample(event: EventDetail, bytes: Uint8Array): TemplateSample | undefined {
  const read = readableText(bytes);
  if (!read || read.isCut) return undefined;
  const { type, method } = event;
  const headers = Object.entries(event.headers).filter(
    ([name, value]) => !isOfTheConnection(name) && !OF_THE_SIGNATURE.test(name) && value !== REDACTED,
  );
  return {
    name: type ?? method,
    ...(type !== undefined && { type }),
    headers: Object.fromEntries(headers),
    body: bodyOf(read.text, event.headers['content-type']),
    effects: [],
  };
}

/** A JSON body as a value, so that the template can be read; anything else as it was sent. */
function bodyOf(text: string, contentType = ''): unknown {
  if (!/[/+]json\b/.test(contentType)) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
