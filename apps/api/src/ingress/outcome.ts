import type { Answer, AnswerPreset } from './answer.js';
import type { HeldEvent } from './run-answer.js';

/** Why a request to a known endpoint was turned away; stored with the event. */
export type RefusalReason =
  'body_too_large' | 'encoding' | 'method' | 'signature' | 'unreadable' | 'wrong_shape';

/** One place where a body is not of the declared shape. */
export interface ShapeError {
  readonly path: string;
  readonly message: string;
}

/** What came of one request to a trigger URL. */
export type IngressOutcome =
  /** On disk, as accepted, captured or held. */
  | {
      readonly kind: 'stored';
      readonly eventId: string;
      readonly preset: AnswerPreset | undefined;
      /** Its request waits for what a run says. */
      readonly held?: { readonly event: HeldEvent; readonly timeoutMs: number };
    }
  /** On disk, but too many requests are held open to wait for a run. */
  | { readonly kind: 'crowded'; readonly eventId: string }
  /** A run, or the time that it had, gave the answer. */
  | { readonly kind: 'answered'; readonly answer: Answer }
  /** Seen before; `eventId` is the first one's. */
  | { readonly kind: 'duplicate'; readonly eventId: string; readonly preset: AnswerPreset | undefined }
  | { readonly kind: 'handshake'; readonly answer: Answer }
  | {
      readonly kind: 'refused';
      readonly reason: RefusalReason;
      /** A stable word: the reason, or what the signature check found. */
      readonly code: string;
      /** A sentence for the sender's developer. */
      readonly detail: string;
      readonly errors?: readonly ShapeError[];
      /** Methods that are enabled, for the header of that name. */
      readonly allow?: string;
      /** The sender takes the refusal without a body only. */
      readonly isBodyless?: boolean;
      /** Where to find it in the log; missing when only counted. */
      readonly eventId?: string | undefined;
    }
  | { readonly kind: 'unknown_endpoint' }
  | { readonly kind: 'rate_limited'; readonly retryAfterSeconds: number }
  /** Not on disk: the sender must send again. */
  | { readonly kind: 'unavailable'; readonly retryAfterSeconds: number };

/** The database is away or busy: senders may come back at once. */
export const TRY_SOON: IngressOutcome = { kind: 'unavailable', retryAfterSeconds: 2 };
/** A backlog of a million runs does not go away in seconds. */
export const TRY_LATER: IngressOutcome = { kind: 'unavailable', retryAfterSeconds: 30 };
