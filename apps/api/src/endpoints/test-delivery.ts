import type { EndpointForIngress } from '@hookloom/persistence';
import { SENDERS, samplesOf, toUnsigned, withFreshId, type Sample } from '@hookloom/senders';
import { invalid } from '@hookloom/server-kit';
import { z } from 'zod';

/** Body of `POST /endpoints/{id}/test` and `/snippets`; none takes the sender's usual sample. */
export const EndpointTestRequest = z
  .object({
    sample: z.string().max(200).optional().meta({ description: 'A name of `GET /senders/{id}`.' }),
    body: z
      .unknown()
      .optional()
      .meta({ description: 'JSON, or a text that is sent as it is if a header names its type.' }),
    headers: z.record(z.string().regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/), z.string().max(8_192)).optional(),
    freshId: z
      .boolean()
      .optional()
      .meta({ description: 'Also what `body` and `headers` give is sent under an event id of its own.' }),
  })
  .default({})
  .meta({ id: 'EndpointTestRequest' });
export type EndpointTestRequest = z.infer<typeof EndpointTestRequest>;

/** A delivery made here, that is to go through the same checks as any other; not signed yet. */
export interface TestDelivery {
  readonly method: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const PLAIN: Sample = { name: 'test', json: { test: true, message: 'This is a test event.' } };

/**
 * The sample that was asked for, edited as the request says. Under an event id of its own, unless that was edited and
 * `freshId` does not ask for another.
 *
 * @throws ProblemError 422 if the sender has no sample of that name
 */
export function toTestDelivery(
  { settings }: Pick<EndpointForIngress, 'settings'>,
  request: EndpointTestRequest,
): TestDelivery {
  const sample = findSample(settings.sender, request);
  const sender = SENDERS.get(settings.sender);
  const edited = withEdits(sample, request);
  const original = request.freshId === true ? edited : sample;
  const { headers, body } = toUnsigned(sender ? withFreshId(edited, sender, Math.random, original) : edited);
  const [first = 'POST'] = settings.methods;
  return { method: settings.methods.includes('POST') ? 'POST' : first, headers, body };
}

function findSample(sender: string, { sample: name, body }: EndpointTestRequest): Sample {
  const samples = samplesOf(sender);
  if (name === undefined) return body === undefined ? (samples[0] ?? PLAIN) : PLAIN;
  const sample = samples.find((one) => one.name === name);
  if (sample) return sample;
  const known = samples.map((one) => `"${one.name}"`).join(', ') || 'none: send a body instead';
  throw invalid([{ path: 'sample', message: `There is no sample of this name. This sender has ${known}.` }]);
}

/** What a person wrote over the sample. A text is sent as it is, byte for byte, if a header names its type. */
function withEdits(
  sample: Sample,
  { sample: named, body, headers: given = {} }: EndpointTestRequest,
): Sample {
  const lower = Object.entries(given).map(([name, value]) => [name.toLowerCase(), value] as const);
  const headers: Record<string, string> = { ...sample.headers, ...Object.fromEntries(lower) };
  const { name } = sample;
  if (body === undefined) return { ...sample, headers };
  const isTyped = lower.some(([header]) => header === 'content-type');
  if (typeof body === 'string' && isTyped) return { name, headers, text: body };
  if (typeof body === 'string' && named !== undefined) return editedText(sample, headers, body);
  return { name, headers, json: z.json().parse(body) };
}

/** A text in the sample's own format is taken apart, so that an event id that was not edited can be renewed. */
function editedText(sample: Sample, headers: Record<string, string>, text: string): Sample {
  const { name } = sample;
  if ('json' in sample) {
    const json = parseJson(text);
    if (json !== undefined) return { name, headers, json };
    return { name, headers: { 'content-type': 'application/json', ...headers }, text };
  }
  return { name, headers, form: Object.fromEntries(new URLSearchParams(text)) };
}

function parseJson(text: string): z.infer<ReturnType<typeof z.json>> | undefined {
  try {
    return z.json().parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}
