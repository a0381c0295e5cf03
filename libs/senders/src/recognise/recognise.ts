import { RequestReader, type SignedRequest } from '../request/request.js';
import { MEMBER, TRAITS, type Trait } from './traits.js';

/** Who seems to have sent a request. */
export interface Recognition {
  /** An id of the catalogue. */
  readonly sender: string;
  /** `high`: by a header or user agent of its own. `medium`: by something that few senders share. */
  readonly confidence: 'high' | 'medium';
  /** What speaks for it, strongest first, in words. */
  readonly why: readonly string[];
}

/** Products that sign in one common way cannot be told apart by it; these name the way. */
const COMMON_WAYS = ['standard-webhooks', 'svix'];
const HIGH = 2;
const MEDIUM = 0.8;
const MOST_REASONS = 3;

/** How many senders each trait speaks for: what many have says little about one. */
const SHARED = new Map<string, number>();
for (const traits of TRAITS.values()) {
  for (const { key } of traits) SHARED.set(key, (SHARED.get(key) ?? 0) + 1);
}

interface Candidate {
  readonly sender: string;
  readonly score: number;
  readonly traits: readonly Trait[];
}

/**
 * Guesses the sender of a request by its headers, user agent and the members of its body. Pure; proves nothing.
 *
 * @returns `undefined` if nothing speaks clearly for one sender
 */
export function recognise(request: SignedRequest): Recognition | undefined {
  const reader = new RequestReader(request, undefined);
  const candidates = [...TRAITS].map(([sender, traits]) => candidate(sender, traits, reader));
  const ranked = candidates
    .filter(({ score }) => score > 0)
    .toSorted((one, other) => other.score - one.score);
  const [best, next] = ranked;
  if (!best) return undefined;
  if (best.score < MEDIUM || best.score === next?.score) {
    return sharedWay(ranked.filter(({ score }) => score >= best.score - MEMBER));
  }
  const isClear = best.score >= HIGH && best.score >= 1.5 * (next?.score ?? 0);
  return toRecognition(best, isClear ? 'high' : 'medium');
}

/** Of senders that are as likely as each other the one that names their common way. */
function sharedWay(tied: readonly Candidate[]): Recognition | undefined {
  const common = tied.find(({ sender }) => COMMON_WAYS.includes(sender));
  return common && toRecognition(common, 'medium');
}

function candidate(sender: string, traits: readonly Trait[], request: RequestReader): Candidate {
  const held = traits.filter((trait) => trait.holds(request));
  const hasHeader = held.some(({ key }) => !/^(JSON|form) /.test(key));
  if (!hasHeader) return { sender, score: 0, traits: [] };
  return { sender, score: held.reduce((sum, trait) => sum + worth(trait), 0), traits: held };
}

function worth({ key, weight }: Trait): number {
  return weight / (SHARED.get(key) ?? 1);
}

function toRecognition({ sender, traits }: Candidate, confidence: Recognition['confidence']): Recognition {
  const strongest = traits.toSorted((one, other) => worth(other) - worth(one));
  const why = [...new Set(strongest.map((trait) => trait.why))].slice(0, MOST_REASONS);
  return { sender, confidence, why };
}
