import type { RateLimit } from '@hookloom/contracts';
import {
  isWorthRepeating,
  RetryableError,
  type HttpClient,
  type HttpRequest,
  type HttpResponse,
} from '@hookloom/step-kit';
import { ours } from './execution-context.js';
import { StepPostponed, type Clearance, type Destination, type Destinations } from './destinations.js';

/** So short a wait costs less than putting the run aside. */
const WORTH_WAITING_MS = 300;

export interface PacedCalls {
  readonly http: HttpClient;
  readonly destinations: Destinations;
  readonly projectId: string;
  readonly limits: readonly RateLimit[];
  readonly now: () => number;
  /** Until when the first call of the step is reserved for it. */
  readonly turnUntil: number | undefined;
}

/**
 * Calls of one attempt of a step. The first waits for its turn by putting the step aside, so that no worker is held; the
 * next ones, such as further pages, are part of what has begun and wait here.
 */
export function pacedHttp(calls: PacedCalls): HttpClient {
  let isFirst = true;
  return {
    async send(request) {
      const destination = toDestination(calls, request);
      if (!destination) return calls.http.send(request);
      if (isFirst) await beforeFirst(calls, destination, request.signal);
      else await beforeNext(calls, destination, request.signal);
      isFirst = false;
      return sendAndNote(calls, destination, request);
    },
  };
}

/** What is no address is refused by the client itself. */
function toDestination({ projectId }: PacedCalls, { url }: HttpRequest): Destination | undefined {
  return URL.canParse(url) ? { projectId, host: new URL(url).host } : undefined;
}

function ask({ destinations, limits }: PacedCalls, destination: Destination): Promise<Clearance> {
  const limit = limits.find(({ host }) => host.toLowerCase() === destination.host);
  return ours(() => destinations.ask(destination, limit));
}

async function beforeFirst(calls: PacedCalls, destination: Destination, signal: AbortSignal): Promise<void> {
  const hasTurn = calls.turnUntil !== undefined && calls.now() <= calls.turnUntil;
  const clearance = hasTurn
    ? await ours(() => calls.destinations.ask(destination, undefined))
    : await ask(calls, destination);
  if (clearance.kind === 'clear') return;
  const waitMs = clearance.until - calls.now();
  if (clearance.turnUntil === undefined || waitMs > WORTH_WAITING_MS) throw new StepPostponed(clearance);
  await pause(waitMs, signal);
}

async function beforeNext(calls: PacedCalls, destination: Destination, signal: AbortSignal): Promise<void> {
  for (;;) {
    const clearance = await ask(calls, destination);
    if (clearance.kind === 'clear') return;
    if (clearance.turnUntil === undefined)
      throw new RetryableError(clearance.reason, { code: 'destination_paused' });
    return pause(clearance.until - calls.now(), signal);
  }
}

async function sendAndNote(
  { http, destinations }: PacedCalls,
  destination: Destination,
  request: HttpRequest,
): Promise<HttpResponse> {
  try {
    const response = await http.send(request);
    const isWell = !isWorthRepeating(response.status);
    destinations.note(destination, isWell ? undefined : `it answered ${response.status}`);
    return response;
  } catch (error) {
    if (error instanceof RetryableError && !request.signal.aborted)
      destinations.note(destination, error.message);
    throw error;
  }
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  await new Promise<void>((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(
      () => {
        signal.removeEventListener('abort', stop);
        resolve();
      },
      Math.max(0, ms),
    );
    signal.addEventListener('abort', stop, { once: true });
  });
}
