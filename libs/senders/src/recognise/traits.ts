import { wellFormed } from '../check/prover.js';
import { signatureItems } from '../check/signature-items.js';
import { CATALOGUE } from '../catalogue/index.js';
import { parsePlace, type Place } from '../model/place.js';
import type { Scheme } from '../model/scheme.js';
import type { Sender } from '../model/sender.js';
import { placeReader } from '../request/place-reader.js';
import type { RequestReader } from '../request/request.js';
import { USER_AGENTS } from './user-agents.js';

/** One thing about a request that speaks for a sender. */
export interface Trait {
  /** For a person. */
  readonly why: string;
  /** What it weighs before it is shared among the senders that have it. */
  readonly weight: number;
  /** The same for all senders of whom the same thing would speak. */
  readonly key: string;
  holds(request: RequestReader): boolean;
}

/** Headers that anybody may send say nothing. */
const COMMON = new Set([
  'authorization',
  'content-type',
  'idempotency-key',
  'request-id',
  'x-request-id',
  'date',
]);
const SIGNATURE = 3;
const NAMED_HEADER = 2;
const USER_AGENT = 3;
/** A member of the body speaks for a sender only beside headers: many have an `id` and a `type`. */
export const MEMBER = 0.5;

/** What each sender of the catalogue is known by, taken from its own rules. */
export const TRAITS: ReadonlyMap<string, readonly Trait[]> = new Map(
  CATALOGUE.map((sender) => [sender.id, traitsOf(sender)]),
);

function traitsOf(sender: Sender): Trait[] {
  const places = [...(sender.eventId.from ?? []), ...(sender.eventType.from ?? [])].flat();
  const agent = USER_AGENTS[sender.id];
  const all = [
    ...sender.schemes.flatMap(signatureTraits),
    ...[...places, ...sender.schemes.flatMap(varPlaces)].flatMap(placeTrait),
    ...(agent === undefined ? [] : [agentTrait(agent)]),
  ];
  return [...new Map(all.toReversed().map((trait) => [trait.key, trait])).values()].toReversed();
}

function signatureTraits(scheme: Scheme): Trait[] {
  if (scheme.kind === 'token' || scheme.kind === 'jwt') return headerTrait(scheme.token.in, SIGNATURE);
  if (!('signature' in scheme)) return [];
  const { kind, name } = parsePlace(scheme.signature.in);
  if (kind !== 'header' || COMMON.has(name)) return [];
  const read = signatureItems(scheme.signature);
  const why = `header ${name}`;
  const shape = [scheme.signature.encoding, scheme.algorithm, scheme.signature.prefix, scheme.signature.key];
  const holds = (request: RequestReader): boolean => !('reason' in wellFormed(scheme, read(request)));
  return [{ why, weight: SIGNATURE, key: [why, ...shape].join(' '), holds }];
}

function varPlaces(scheme: Scheme): Place[] {
  if (!('vars' in scheme)) return [];
  return Object.values(scheme.vars ?? {})
    .flat()
    .filter((place) => place.startsWith('header:') && !place.includes('{'));
}

function placeTrait(place: Place): Trait[] {
  const { kind, name } = parsePlace(place);
  if (kind === 'header') return headerTrait(place, NAMED_HEADER);
  if (kind !== 'json' && kind !== 'form') return [];
  const read = placeReader(place);
  const why = `${kind === 'json' ? 'JSON' : 'form'} field ${name}`;
  if (name.includes('*')) return [];
  return [{ why, weight: MEMBER, key: why, holds: (request) => read(request) !== undefined }];
}

function headerTrait(place: Place, weight: number): Trait[] {
  const { kind, name } = parsePlace(place);
  if (kind !== 'header' || COMMON.has(name)) return [];
  const why = `header ${name}`;
  return [{ why, weight, key: why, holds: (request) => request.header(name) !== undefined }];
}

function agentTrait(agent: string): Trait {
  const why = `user agent ${agent.replace(/[/ -]+$/, '')}`;
  const holds = (request: RequestReader): boolean => request.header('user-agent')?.startsWith(agent) === true;
  return { why, weight: USER_AGENT, key: why, holds };
}
