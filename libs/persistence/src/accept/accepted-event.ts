import type { Verification } from '@hookloom/contracts';

/** A run that an event starts, one for each live workflow of the endpoint. */
export interface NewEventRun {
  readonly id: string;
  readonly workflowId: string;
  readonly version: number;
  readonly triggerStepId: string;
  /** `held`: its workflow is paused. */
  readonly state: 'queued' | 'held';
  /** The version's `settings.maxConcurrentRuns`, as the endpoint's route says. */
  readonly maxConcurrentRuns?: number | null | undefined;
}

/** One request as it is stored, whatever came of it. */
interface ReceivedRequest {
  /** UUIDv7 by the database's clock. */
  readonly id: string;
  readonly projectId: string;
  readonly endpointId: string;
  readonly receivedAt: Date;
  readonly reason?: string | undefined;
  readonly method: string;
  /** The query string as received, without `?`. */
  readonly query: string;
  /** JSON object text: names in lower case, repeats joined by `, `. */
  readonly headersJson: string;
  readonly contentType?: string | undefined;
  readonly body: Uint8Array;
  readonly type?: string | undefined;
  readonly sender: string;
  /** The sender's event id, or the endpoint's own duplicate key. */
  readonly dedupeKey?: string | undefined;
  readonly flags: readonly string[];
  readonly verification: Verification;
  readonly answerStatus: number;
  readonly answerMs: number;
}

/** A request that is to be stored together with its runs, unless it was seen before. */
export interface AcceptedEvent extends ReceivedRequest {
  readonly status: 'accepted' | 'captured' | 'held';
  /** The revision of the endpoint that routes and settings were read at. */
  readonly endpointRevision: number;
  readonly dedupeWindowSeconds: number;
  readonly runs: readonly NewEventRun[];
}

/** A refused request or a handshake: only logged. */
export interface RecordedEvent extends ReceivedRequest {
  readonly status: 'rejected' | 'captured';
}

/**
 * What came of an accepted event. `stored` and `duplicate` are answered only after their commit. `stale`: the
 * endpoint has changed, so read it again and decide anew. `full`: too many runs wait already.
 */
export type AcceptOutcome =
  | { readonly kind: 'stored' }
  | { readonly kind: 'duplicate'; /** The first event's id. */ readonly of: string }
  | { readonly kind: 'stale' }
  | { readonly kind: 'full' };

/** Rows of the table `event`, whoever writes them. */
export type EventRow = Omit<ReceivedRequest, 'flags'> & {
  readonly flags?: readonly string[];
  readonly status: string;
};
