import type { Check, CheckContext } from './check/check.js';
import type { CompiledPolicy, SenderPolicy } from './compiled-policy.js';
import { eventFactsReader } from './event-facts.js';
import { failure, nearestToGenuine, type Failure } from './check/failure.js';
import { anySender, checkHmacRule, hmacScheme, hmacSender } from './catalogue/generic.js';
import { compileHandshakes } from './handshake/handshake.js';
import { compileJwt } from './check/jwt-check.js';
import { placeInWords } from './model/place.js';
import { placeReader } from './request/place-reader.js';
import type { Scheme } from './model/scheme.js';
import { toFields } from './keys/secret-key.js';
import type { Sender } from './model/sender.js';
import { SENDERS } from './catalogue/senders.js';
import { compileSigned } from './check/signed-check.js';
import { compileBasic, compileToken } from './check/token-check.js';

/**
 * Prepares the checking of one endpoint's requests. Never throws: what is wrong shows in each inspection.
 *
 * @param publishedKeys public keys of the sender that were fetched, as PEM
 */
export function compilePolicy(policy: SenderPolicy, publishedKeys: readonly string[] = []): CompiledPolicy {
  const sender = SENDERS.get(policy.sender) ?? anySender;
  const broken = brokenPolicy(policy);
  const secrets = policy.secrets.map((secret) => toFields(sender, secret));
  const context: CheckContext = { sender, secrets, publishedKeys };
  const checksBy = (by: CheckContext): readonly Check[] =>
    broken ? [] : schemesOf(policy, sender).flatMap((scheme) => compileCheck(scheme, by) ?? []);
  const checks = checksBy(context);
  const ready = checks.filter((check) => !check.notReady);
  const notReady =
    broken ??
    (ready.length === 0 ? nearestToGenuine(checks.flatMap((check) => check.notReady ?? [])) : undefined);
  return {
    given: policy,
    sender,
    checks: ready.toSorted(
      (one, other) => Number(one.scheme.legacy ?? false) - Number(other.scheme.legacy ?? false),
    ),
    ...(notReady && { notReady }),
    hasSecret: secrets.length > 0,
    awaitsKey: ready.some((check) => check.wants !== undefined),
    readFacts: eventFactsReader(sender),
    handshakes: compileHandshakes(sender, secrets, (secret, request) =>
      checksBy({ ...context, secrets: [secret] }).some((check) => check.run(request) === undefined),
    ),
  };
}

/** The policy for a delivery of our own that nobody could sign: it is let in, and says why it is unchecked. */
export function withoutCheck(policy: CompiledPolicy, why: string): CompiledPolicy {
  return {
    ...policy,
    checks: [],
    notReady: failure('sample_unsigned', why),
    hasSecret: false,
    awaitsKey: false,
  };
}

function brokenPolicy({ sender: id, scheme, verify }: SenderPolicy): Failure | undefined {
  const sender = SENDERS.get(id);
  if (!sender)
    return failure('unknown_sender', `No sender is called "${id}"; GET /api/v1/senders lists all of them.`);
  if (sender === hmacSender) return checkHmacRule(verify);
  if (scheme === undefined || sender.schemes.some((one) => one.id === scheme)) return undefined;
  return failure(
    'unknown_scheme',
    `${sender.name} has no scheme "${scheme}"; it has ${sender.schemes.map((one) => one.id).join(', ')}.`,
  );
}

/** The schemes that a policy switches on.
 *
 * One without any check counts only alone or when chosen: beside others it would let everything through.
 */
export function schemesOf({ scheme: chosen, verify }: SenderPolicy, sender: Sender): readonly Scheme[] {
  if (sender === hmacSender && verify) return [hmacScheme(verify)];
  if (chosen !== undefined) return sender.schemes.filter((scheme) => scheme.id === chosen);
  return sender.schemes.filter((scheme) => scheme.kind !== 'none');
}

/** One scheme ready to run with the secrets of the context; `undefined` if it checks nothing. */
export function compileCheck(scheme: Scheme, context: CheckContext): Check | undefined {
  const check = compileKind(scheme, context);
  return check && scheme.when ? onlyWhen(scheme.when, check) : check;
}

/** The check of a request that the scheme is not meant for finds no signature. */
function onlyWhen({ place, equals }: NonNullable<Scheme['when']>, check: Check): Check {
  const read = placeReader(place);
  const other = failure(
    'missing_signature',
    `The request is not signed in the way that this scheme checks (${placeInWords(place)} is not ${equals}).`,
  );
  const { run, wants } = check;
  return {
    ...check,
    run: (request) => (read(request) === equals ? run(request) : other),
    ...(wants && { wants: (request) => (read(request) === equals ? wants(request) : undefined) }),
  };
}

function compileKind(scheme: Scheme, context: CheckContext): Check | undefined {
  switch (scheme.kind) {
    case 'hmac':
    case 'hash':
    case 'asymmetric':
      return compileSigned(scheme, context);
    case 'jwt':
      return compileJwt(scheme, context);
    case 'token':
      return compileToken(scheme, context);
    case 'basic':
      return compileBasic(scheme, context);
    case 'none':
      return undefined;
  }
}
