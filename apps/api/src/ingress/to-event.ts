import { LIMITS, type Verification } from '@hookloom/contracts';
import type { AcceptedEvent, NewEventRun, RecordedEvent } from '@hookloom/persistence';
import { refusalStatus } from './answer.js';
import type { CompiledEndpoint } from './compiled-endpoint.js';
import type { Incoming } from './incoming.js';
import type { Pass, Refusal } from './judge.js';

/** Ids and times by the database's clock. */
export interface EventClock {
  /** Epoch milliseconds. */
  now(): number;
  newId(): string;
}

const NOT_CHECKED: Verification = { status: 'none' };
const DEFAULT_WINDOW_SECONDS = 604_800;
const LONGEST_TEXT = 500;

/** What every event says of the request it was. Its id comes before those of its runs. */
function received(endpoint: CompiledEndpoint, incoming: Incoming, clock: EventClock, startedAt: number) {
  return {
    id: clock.newId(),
    projectId: endpoint.stored.projectId,
    endpointId: endpoint.stored.id,
    receivedAt: new Date(clock.now()),
    method: incoming.method,
    query: incoming.query,
    headersJson: JSON.stringify(incoming.headers),
    contentType: incoming.contentType,
    sender: endpoint.settings.sender,
    answerMs: performance.now() - startedAt,
  };
}

/**
 * The event as the one statement stores it, with a run for each live workflow. Whether it is captured or held is
 * decided here from routes of the same revision that the statement compares.
 *
 * @param startedAt monotonic milliseconds at which the request came in
 */
export function toAcceptedEvent(
  endpoint: CompiledEndpoint,
  incoming: Incoming,
  pass: Pass,
  clock: EventClock,
  startedAt: number,
): AcceptedEvent {
  const { settings, stored } = endpoint;
  const request = received(endpoint, incoming, clock, startedAt);
  const runs = stored.routes.map((route): NewEventRun => ({
    id: clock.newId(),
    workflowId: route.workflowId,
    version: route.version,
    triggerStepId: route.triggerStepId,
    state: route.paused ? 'held' : 'queued',
    maxConcurrentRuns: route.maxConcurrentRuns,
  }));
  const isHeld = runs.every((run) => run.state === 'held');
  return {
    ...request,
    status: runs.length === 0 ? 'captured' : isHeld ? 'held' : 'accepted',
    endpointRevision: stored.revision,
    body: incoming.rawBody,
    type: shortened(pass.type),
    dedupeKey: pass.dedupeKey,
    dedupeWindowSeconds: settings.dedupe?.windowSeconds ?? DEFAULT_WINDOW_SECONDS,
    flags: pass.flags,
    verification: pass.verification,
    answerStatus: endpoint.preset?.status ?? 200,
    runs,
  };
}

/** A refused request as it is logged: with the reason, and little of its body. */
export function toRejectedEvent(
  endpoint: CompiledEndpoint,
  incoming: Incoming,
  refusal: Refusal,
  clock: EventClock,
  startedAt: number,
): RecordedEvent {
  const limit = refusal.reason === 'body_too_large' ? 0 : LIMITS.rejectedBodyBytes;
  return {
    ...received(endpoint, incoming, clock, startedAt),
    status: 'rejected',
    reason: shortened(reasonOf(refusal)),
    body: incoming.rawBody.subarray(0, limit),
    type: shortened(refusal.type),
    flags: incoming.rawBody.length > limit ? ['body_cut'] : [],
    verification: refusal.verification ?? NOT_CHECKED,
    answerStatus: refusalStatus(refusal.reason),
  };
}

/** A sender's challenge as it is logged. */
export function toHandshakeEvent(
  endpoint: CompiledEndpoint,
  incoming: Incoming,
  answerStatus: number,
  clock: EventClock,
  startedAt: number,
): RecordedEvent {
  const limit = LIMITS.rejectedBodyBytes;
  return {
    ...received(endpoint, incoming, clock, startedAt),
    status: 'captured',
    reason: 'handshake',
    body: incoming.rawBody.subarray(0, limit),
    flags: incoming.rawBody.length > limit ? ['body_cut'] : [],
    verification: NOT_CHECKED,
    answerStatus,
  };
}

/** A stable word, with what was wrong where the signature's own verdict does not say it. */
function reasonOf({ reason, detail, errors, verification }: Refusal): string {
  if (reason === 'signature') return verification?.reason ?? reason;
  const first = errors?.slice(0, 5).map(({ path, message }) => `${path || 'body'} ${message}`);
  if (first !== undefined) return `${reason}: ${first.join('; ')}`;
  return reason === 'unreadable' || reason === 'encoding' ? `${reason}: ${detail}` : reason;
}

/** Types and reasons may hold text of the body: enough to recognise them, no more. */
function shortened(text: string | undefined): string | undefined {
  return text === undefined || text.length <= LONGEST_TEXT ? text : `${text.slice(0, LONGEST_TEXT)}…`;
}
