import { isInnerSender, type EndpointInput, type Problem } from '@hookloom/contracts';
import type { EvaluatorPool } from '@hookloom/expressions';
import { compilePolicy } from '@hookloom/senders';
import { isOwnHeader } from '../ingress/answer-preset.js';
import { readDedupeKey } from '../ingress/dedupe-key.js';

type FieldErrors = NonNullable<Problem['errors']>;

const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const HEADER_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;
/** Where a fault of the sender's policy is corrected; any other is a fault of the secret. */
const PLACES: Readonly<Record<string, string>> = {
  unknown_sender: 'sender',
  unknown_scheme: 'scheme',
  malformed_rule: 'verify',
};

/**
 * What a schema cannot say: whether the settings fit together. Empty when all is well.
 *
 * @param sender for whom the endpoint is now; one that is made new is for nobody yet
 */
export function findEndpointErrors(input: EndpointInput, sender?: string): FieldErrors {
  return [...senderErrors(input, sender), ...policyErrors(input), ...answerErrors(input)];
}

/** Endpoints of forms and polls are made with their step and stay what they are. */
function senderErrors(input: EndpointInput, sender: string | undefined): FieldErrors {
  if (input.sender === sender) return [];
  if (isInnerSender(input.sender)) {
    const message = 'Add the step “Form” or “Poll a list” to a workflow: it makes its endpoint itself.';
    return [{ path: 'sender', message }];
  }
  if (sender === undefined || !isInnerSender(sender)) return [];
  return [{ path: 'sender', message: 'The endpoint of a form or a poll is for nobody else.' }];
}

/** A secret that can check nothing would refuse every request, so it is refused here. */
function policyErrors(input: EndpointInput): FieldErrors {
  const { sender, scheme, verify, secret } = input;
  if (isInnerSender(sender)) return [];
  const { notReady } = compilePolicy({ sender, scheme, verify, secrets: secret ? [secret] : [] });
  if (!notReady) return [];
  const place = PLACES[notReady.reason];
  if (place === undefined && !secret) return [];
  return [{ path: place ?? 'secret', message: notReady.hint }];
}

function answerErrors(input: EndpointInput): FieldErrors {
  return Object.entries(input.response?.headers ?? {}).flatMap(([name, value]) => {
    const path = `response.headers.${name}`;
    if (!HEADER_NAME.test(name)) return [{ path, message: 'This is no header name.' }];
    if (!isOwnHeader(name)) return [{ path, message: 'This header cannot be set here.' }];
    return HEADER_VALUE.test(value) ? [] : [{ path, message: 'A header value is one line of Latin-1 text.' }];
  });
}

/** An expression or JSON Schema that would fail at every request. Both are read in a child process. */
export async function findUnusable(
  pool: Pick<EvaluatorPool, 'check' | 'checkSchema'>,
  input: EndpointInput,
): Promise<FieldErrors> {
  const errors: FieldErrors = [];
  const key = input.dedupe?.key;
  const [problem] = key === undefined ? [] : await pool.check([key]);
  const message = problem?.message ?? (key === undefined ? undefined : unknownName(key));
  if (message !== undefined) errors.push({ path: 'dedupe.key', message });
  const schema =
    input.schema === undefined ? { ok: true as const } : await pool.checkSchema(JSON.stringify(input.schema));
  if (!schema.ok) errors.push({ path: 'schema', message: schema.message });
  return errors;
}

function unknownName(key: string): string | undefined {
  const read = readDedupeKey(key);
  if ('expression' in read) return undefined;
  return `Nothing is called "${read.unknown}" when an event arrives. Begin with trigger, as in trigger.body.id.`;
}
