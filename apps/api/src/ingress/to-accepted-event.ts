import { AWAITED, statusByRoutes, toEventRun, type AcceptedEvent } from '@hookloom/persistence';
import type { Pass } from './judge.js';
import { shortened, type EventClock, type Judged } from './judged.js';

/** Seven days. */
export const DEFAULT_WINDOW_SECONDS = 604_800;

/** Whether the request waits for a run: it does, it would if there were room, or it is answered at once. */
export type Waiting = 'held' | 'crowded' | 'none';

/**
 * The event as the one statement stores it, with a run for each live workflow. Whether it is captured or held is
 * decided here from routes of the same revision that the statement compares. Every field by name: spreading an
 * object of this size costs more than the rest of the request.
 */
export function toAcceptedEvent(
  { endpoint, incoming, startedAt }: Judged,
  pass: Pass,
  clock: EventClock,
  wait: Waiting,
): AcceptedEvent {
  const { settings, stored, preset } = endpoint;
  const id = clock.newId();
  const status = statusByRoutes(stored.routes);
  return {
    id,
    projectId: stored.projectId,
    endpointId: stored.id,
    endpointRevision: stored.revision,
    receivedAt: new Date(clock.now()),
    status,
    reason: undefined,
    method: incoming.method,
    query: incoming.query,
    headersJson: JSON.stringify(incoming.headers),
    contentType: incoming.contentType,
    body: incoming.rawBody,
    type: shortened(pass.type),
    sender: settings.sender,
    dedupeKey: pass.dedupeKey,
    dedupeWindowSeconds: settings.dedupe?.windowSeconds ?? DEFAULT_WINDOW_SECONDS,
    flags: pass.flags,
    verification: pass.verification,
    answerStatus: wait !== 'none' && status === 'accepted' ? ANSWERED_BY_WAIT[wait] : (preset?.status ?? 200),
    answerMs: performance.now() - startedAt,
    runs: stored.routes.map((route) => toEventRun(route, clock.newId())),
  };
}

const ANSWERED_BY_WAIT = { held: AWAITED, crowded: 202 } as const;
