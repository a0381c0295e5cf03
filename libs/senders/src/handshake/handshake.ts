import type { CompiledPolicy } from '../compiled-policy.js';
import { answerTo, type HandshakeReply, type HandshakeResponder } from './handshake-answer.js';
import type { ReplyContext } from './handshake-effect.js';
import { conditionTest } from './handshake-condition.js';
import type { HandshakeRule } from '../model/handshake-rule.js';
import { verify } from '../inspect.js';
import { tokenReader } from '../request/place-reader.js';
import { readerOf, type RequestReader, type SignedRequest } from '../request/request.js';
import type { Scheme } from '../model/scheme.js';
import type { SecretFields } from '../keys/secret-key.js';
import type { Sender } from '../model/sender.js';
import { signatureItems } from '../check/signature-items.js';

/**
 * Answers a sender's challenge, verification or ping as that sender documents; `undefined` for any other
 * request. Run it before `inspect`, for every method: it starts no run. A signed challenge is verified first,
 * and one that fails is no handshake, so that it is refused like any other request.
 */
export function handshake(policy: CompiledPolicy, request: SignedRequest): HandshakeReply | undefined {
  const reader = readerOf(request, policy.sender.jsonField);
  return policy.handshakes(reader, () => verify(policy, reader));
}

/** Whether one stored secret alone proves a request. */
export type SecretProof = (secret: SecretFields, request: RequestReader) => boolean;

/**
 * Prepares a sender's handshakes. The first stored secret is the one that answers are made with; a signed request is
 * answered with the one that signed it, since while secrets are rotated the sender may know the old one only.
 */
export function compileHandshakes(
  sender: Sender,
  secrets: readonly SecretFields[],
  proves: SecretProof,
): HandshakeResponder {
  const rules = (sender.handshakes ?? []).map((rule) => compileRule(rule, { sender, secrets }, proves));
  return (request, verdict) => {
    for (const respond of rules) {
      const reply = respond(request, verdict);
      if (reply) return reply;
    }
    return undefined;
  };
}

function compileRule(rule: HandshakeRule, context: ReplyContext, proves: SecretProof): HandshakeResponder {
  const matches = conditionTest(rule.when);
  const isSigned = rule.kind === 'ping' ? signatureTest(context.sender.schemes) : () => false;
  return (request, verdict) => {
    if (!matches(request) || isSigned(request)) return undefined;
    const verification = rule.signed ? verdict() : undefined;
    if (verification?.status === 'failed') return undefined;
    const { secrets } = context;
    if (!rule.signed || secrets.length < 2) return answerTo(rule, context, request, verification);
    const signedWith = secrets.filter((secret) => proves(secret, request));
    return answerTo(rule, { ...context, secrets: [...signedWith, ...secrets] }, request, verification);
  };
}

/** A ping that arrives signed is an ordinary event. A token sent in clear is no signature. */
function signatureTest(schemes: readonly Scheme[]): (request: RequestReader) => boolean {
  const tests = schemes.flatMap((scheme) => {
    if (scheme.kind === 'jwt') {
      return [tokenReader(scheme.token)].map(
        (read) => (request: RequestReader) => read(request) !== undefined,
      );
    }
    if (!('signature' in scheme)) return [];
    return [signatureItems(scheme.signature)].map(
      (read) => (request: RequestReader) => read(request).present,
    );
  });
  return (request) => tests.some((test) => test(request));
}
