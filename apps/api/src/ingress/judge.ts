import type { Verification } from '@hookloom/contracts';
import {
  handshake,
  inspect,
  unlookedAt,
  withoutCheck,
  type CompiledPolicy,
  type HandshakeReply,
} from '@hookloom/senders';
import type { BodyChecks } from './body-checks.js';
import type { CompiledEndpoint } from './compiled-endpoint.js';
import type { Incoming } from './incoming.js';
import type { SenderKeys } from './sender-keys/sender-keys.js';
import type { RefusalReason, ShapeError } from './outcome.js';

/** Something about an accepted event that its owner should know. */
export type EventFlag =
  'body_unchecked' | 'schema_unchecked' | 'dedupe_failed' | 'sample' | 'sample_unsigned';

/** The request may be stored as an event. */
export interface Pass {
  readonly kind: 'pass';
  readonly verification: Verification;
  readonly type: string | undefined;
  readonly dedupeKey: string | undefined;
  readonly flags: EventFlag[];
}

export interface Refusal {
  readonly kind: 'refuse';
  readonly reason: RefusalReason;
  readonly detail: string;
  readonly errors?: readonly ShapeError[];
  /** Missing where the signature was not looked at. */
  readonly verification?: Verification;
  readonly type?: string | undefined;
}

/** What the checks of one request found, before anything is stored. */
export type Settled = Pass | Refusal | Handshake;

/** A sender's challenge, and whether it was signed. */
export interface Handshake {
  readonly kind: 'handshake';
  readonly reply: HandshakeReply;
  readonly verification: Verification;
}

/** `later`: it cannot be judged now, and the sender must try again. */
export type Verdict = Settled | { readonly kind: 'later' };

/** Whom judging asks for what it cannot know by itself. */
export interface JudgeAids {
  readonly checks: BodyChecks;
  readonly keys: SenderKeys;
}

const NOT_VERIFIED = 'The signature is missing or wrong.';

/** All checks of the contract's table from 413 to 422, in its order, and the dedupe key. Stores nothing. */
export async function judge(
  endpoint: CompiledEndpoint,
  incoming: Incoming,
  { checks, keys }: JudgeAids,
): Promise<Verdict> {
  const { maxBodyBytes } = endpoint.settings;
  const { rawBody, body, fault } = incoming;
  if (Math.max(rawBody.length, body.length) > maxBodyBytes) return tooLarge(endpoint);
  if (fault === 'too_large') return tooLarge(endpoint);
  if (fault === 'unsupported') return unsupported(incoming.contentEncoding);
  const known = endpoint.policy;
  const policy = known.awaitsKey ? await keys.policyFor(known, incoming) : known;
  if (policy === 'busy') return { kind: 'later' };
  const reply = handshake(policy, incoming);
  if (reply !== undefined) return { kind: 'handshake', reply, verification: proofOf(policy, incoming) };
  if (!endpoint.methods.has(incoming.method)) return wrongMethod(endpoint);
  const { verification, refuse, type, eventId } = inspect(asMarked(policy, incoming), incoming);
  if (refuse)
    return {
      kind: 'refuse',
      reason: 'signature',
      detail: verification.hint ?? NOT_VERIFIED,
      verification,
      type,
    };
  if (fault === 'corrupt') {
    const detail = 'The compressed body is damaged or cut off.';
    return { kind: 'refuse', reason: 'unreadable', detail, verification, type };
  }
  const flags = sampleFlags(incoming);
  const pass: Pass = { kind: 'pass', verification, type, dedupeKey: eventId || undefined, flags };
  return judgeBody(endpoint, incoming, checks, pass);
}

/** A challenge that need not be signed, and is not, was not looked at. */
function proofOf(policy: CompiledPolicy, incoming: Incoming): Verification {
  const { verification } = inspect(policy, incoming);
  return verification.status === 'failed' ? unlookedAt(policy) : verification;
}

function asMarked(policy: CompiledPolicy, { sample }: Incoming): CompiledPolicy {
  return sample?.unsigned === undefined ? policy : withoutCheck(policy, sample.unsigned);
}

/** What tells an event that was made here from one that its sender sent. */
export function sampleFlags({ sample }: Incoming): EventFlag[] {
  if (sample === undefined) return [];
  return sample.unsigned === undefined ? ['sample'] : ['sample', 'sample_unsigned'];
}

async function judgeBody(
  { settings, dedupeKey }: CompiledEndpoint,
  incoming: Incoming,
  checks: BodyChecks,
  pass: Pass,
): Promise<Pass | Refusal> {
  const { verification, type, flags } = pass;
  const reading = checks.read(incoming);
  const readability = reading instanceof Promise ? await reading : reading;
  incoming.forgetReading();
  if (readability.kind === 'unreadable') {
    return { kind: 'refuse', reason: 'unreadable', detail: readability.detail, verification, type };
  }
  if (readability.kind === 'unknown') flags.push('body_unchecked');
  if (settings.schema !== undefined) {
    const shape = await checks.fits(settings.schema, incoming);
    if (shape.kind === 'differs') return { ...wrongShape(shape.errors), verification, type };
    if (shape.kind === 'unknown') flags.push('schema_unchecked');
  }
  if (dedupeKey === undefined) return pass;
  const found = await checks.dedupeKey(dedupeKey, incoming, { sender: settings.sender, type });
  if (found.kind === 'key') return { ...pass, dedupeKey: found.key || undefined };
  flags.push('dedupe_failed');
  return { ...pass, dedupeKey: undefined };
}

/** The body, as sent or inflated, is over the endpoint's limit. */
function tooLarge({ settings }: CompiledEndpoint): Refusal {
  const detail = `The body is over the limit of ${settings.maxBodyBytes} bytes.`;
  return { kind: 'refuse', reason: 'body_too_large', detail };
}

function unsupported(encoding = ''): Refusal {
  const shown = encoding.slice(0, 64);
  const detail = `The content encoding "${shown}" cannot be read. Use one layer of gzip, deflate or br, or none.`;
  return { kind: 'refuse', reason: 'encoding', detail };
}

function wrongMethod(endpoint: CompiledEndpoint): Refusal {
  const detail = `This trigger URL takes ${endpoint.allow} only.`;
  return { kind: 'refuse', reason: 'method', detail };
}

function wrongShape(errors: readonly ShapeError[]): Refusal {
  const detail = 'The body is not of the shape that this trigger URL declares.';
  return { kind: 'refuse', reason: 'wrong_shape', detail, errors };
}
