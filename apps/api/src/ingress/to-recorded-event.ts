import { LIMITS, type Verification } from '@hookloom/contracts';
import type { RecordedEvent } from '@hookloom/persistence';
import { diagnose, unlookedAt } from '@hookloom/senders';
import { refusalStatus } from './to-answer.js';
import { sampleFlags, type Refusal } from './judge.js';
import { shortened, type EventClock, type Judged } from './judged.js';

/**
 * A refused request as it is logged: with the reason, and little of its body. Only what is logged is looked at for
 * the mistake behind it, so that floods cost nothing; whoever sent the request is not told.
 */
export function toRejectedEvent(judged: Judged, refusal: Refusal, clock: EventClock): RecordedEvent {
  const { reason, type, verification } = refusal;
  return {
    ...recorded(judged, clock, reason === 'body_too_large' ? 0 : LIMITS.rejectedBodyBytes),
    status: 'rejected',
    reason: shortened(reasonOf(refusal)),
    type: shortened(type),
    answerStatus: refusalStatus(reason),
    ...(verification === undefined ? {} : { verification: explained(verification, judged) }),
  };
}

function explained(verification: Verification, { endpoint, incoming }: Judged): Verification {
  if (verification.status !== 'failed') return verification;
  const fix = diagnose(endpoint.policy, incoming);
  return fix === undefined ? verification : { ...verification, hint: fix };
}

/** A sender's challenge as it is logged. */
export function toHandshakeEvent(
  judged: Judged,
  { answerStatus, verification }: { answerStatus: number; verification: Verification },
  clock: EventClock,
): RecordedEvent {
  return {
    ...recorded(judged, clock, LIMITS.rejectedBodyBytes),
    status: 'captured',
    reason: 'handshake',
    answerStatus,
    verification,
  };
}

function recorded({ endpoint, incoming, startedAt }: Judged, clock: EventClock, keptBytes: number) {
  const { rawBody } = incoming;
  return {
    id: clock.newId(),
    projectId: endpoint.stored.projectId,
    endpointId: endpoint.stored.id,
    receivedAt: new Date(clock.now()),
    method: incoming.method,
    query: incoming.query,
    headersJson: JSON.stringify(incoming.headers),
    contentType: incoming.contentType,
    body: rawBody.subarray(0, keptBytes),
    sender: endpoint.settings.sender,
    flags: [...sampleFlags(incoming), ...(rawBody.length > keptBytes ? ['body_cut'] : [])],
    verification: unlookedAt(endpoint.policy),
    answerMs: performance.now() - startedAt,
  };
}

/** A stable word, with what was wrong where the signature's own verdict does not say it. */
function reasonOf({ reason, detail, errors, verification }: Refusal): string {
  if (reason === 'signature') return verification?.reason ?? reason;
  const first = errors?.slice(0, 5).map(({ path, message }) => `${path || 'body'} ${message}`);
  if (first !== undefined) return `${reason}: ${first.join('; ')}`;
  return reason === 'unreadable' || reason === 'encoding' ? `${reason}: ${detail}` : reason;
}
