import type { IncomingMessage } from 'node:http';
import { StorageUnavailable } from '@hookloom/persistence';
import type { Arrival } from './arrival.js';
import type { BodyChecks } from './body-checks.js';
import type { CompiledEndpoint } from './compiled-endpoint.js';
import { LookupBusyError, type CachedEndpoint, type EndpointCache } from './endpoint-cache.js';
import type { EventCounters } from './event-counters.js';
import type { Connection, HeldRequests } from './held-requests.js';
import { Incoming, toRequestHead, type SampleMark } from './incoming.js';
import type { Inflating } from './inflating.js';
import { judge } from './judge.js';
import type { MemoryRoom } from './memory-room.js';
import { TRY_SOON, type IngressOutcome } from './outcome.js';
import type { RateLimiter } from './rate-limiter.js';
import { readUpload, type Upload } from './read-upload.js';
import type { SenderKeys } from './sender-keys/sender-keys.js';
import type { SettleService } from './settle.service.js';

export interface IngressParts {
  readonly endpoints: EndpointCache<CompiledEndpoint>;
  readonly limiter: RateLimiter;
  readonly room: MemoryRoom;
  readonly inflating: Inflating;
  readonly checks: BodyChecks;
  readonly keys: SenderKeys;
  readonly settling: SettleService;
  readonly held: HeldRequests;
  readonly counters: EventCounters;
  /** What trigger URLs begin with. */
  readonly publicUrl: string;
}

/** An endpoint that changes more often than this during one request is not to be had in peace. */
const MOST_JUDGEMENTS = 5;
/** What a token of ours can look like; anything else is unknown without asking, or remembering it. */
const TOKEN = /^[A-Za-z0-9_-]{16,128}$/;
const UNKNOWN: IngressOutcome = { kind: 'unknown_endpoint' };
const NO_BODY = Buffer.alloc(0);

/** Receives requests to trigger URLs: the checks in the order of the contract, then one durable statement. */
export class IngressService {
  constructor(private readonly parts: IngressParts) {}

  /** @returns what came of it; `undefined` when the sender went away. Rejects only for what nobody foresaw. */
  async receive(
    request: IncomingMessage,
    token: string,
    sample?: SampleMark,
  ): Promise<IngressOutcome | undefined> {
    const arrival: Arrival = { token, head: toRequestHead(request), sample, startedAt: performance.now() };
    try {
      const outcome = await this.receiveArrival(request, arrival);
      return await this.afterWait(outcome, request.socket);
    } catch (error) {
      if (error instanceof StorageUnavailable || error instanceof LookupBusyError) {
        return this.unavailable(arrival);
      }
      throw error;
    }
  }

  /** A request that waits for a run holds neither its body nor a connection to the database. */
  private async afterWait(
    outcome: IngressOutcome | undefined,
    connection: Connection,
  ): Promise<IngressOutcome | undefined> {
    if (outcome?.kind !== 'stored' || !outcome.held) return outcome;
    const { event, timeoutMs } = outcome.held;
    return { kind: 'answered', answer: await this.parts.held.hold(event, timeoutMs, connection) };
  }

  private async receiveArrival(
    request: IncomingMessage,
    arrival: Arrival,
  ): Promise<IngressOutcome | undefined> {
    const { endpoints, room } = this.parts;
    const { token, head } = arrival;
    if (!TOKEN.test(token)) return UNKNOWN;
    const known = endpoints.peek(token) ?? (await endpoints.load(token));
    if (known.endpoint === undefined) return UNKNOWN;
    const limited = this.limit(known.endpoint, arrival);
    if (limited !== undefined) return limited;
    const contentLength = head.headers['content-length'];
    const maxBytes = known.endpoint.settings.maxBodyBytes;
    const upload = await readUpload(request, { contentLength, maxBytes }, room);
    try {
      if (upload.kind === 'aborted') return undefined;
      if (upload.kind === 'no_room') return this.unavailable(arrival);
      const incoming = this.toIncoming(arrival, upload);
      if (incoming.contentEncoding === undefined) return await this.decide(known, arrival, incoming);
      return await this.decideInflated(known, arrival, incoming);
    } finally {
      room.give(upload.bytes);
    }
  }

  private limit({ settings, stored }: CompiledEndpoint, arrival: Arrival): IngressOutcome | undefined {
    if (settings.rateLimit === undefined) return undefined;
    const seconds = this.parts.limiter.take(stored.id, settings.rateLimit, arrival.startedAt);
    if (seconds === 0) return undefined;
    this.parts.counters.count('rate_limited', secondsSince(arrival.startedAt));
    return { kind: 'rate_limited', retryAfterSeconds: seconds };
  }

  private toIncoming({ head, sample }: Arrival, upload: Upload): Incoming {
    const rawBody = upload.kind === 'complete' ? upload.body : NO_BODY;
    const { publicUrl } = this.parts;
    const incoming = new Incoming({ head, rawBody, publicUrl, receivedAt: Date.now() / 1_000, sample });
    if (upload.kind === 'too_large') incoming.fault = 'too_large';
    return incoming;
  }

  private async decideInflated(
    known: CachedEndpoint<CompiledEndpoint>,
    arrival: Arrival,
    incoming: Incoming,
  ): Promise<IngressOutcome> {
    const { inflating, room } = this.parts;
    const bytes = await inflating.inflate(incoming, known.endpoint?.settings.maxBodyBytes ?? 0);
    if (bytes === undefined) return this.unavailable(arrival);
    try {
      return await this.decide(known, arrival, incoming);
    } finally {
      room.give(bytes);
    }
  }

  private async decide(
    known: CachedEndpoint<CompiledEndpoint>,
    { startedAt, token }: Arrival,
    incoming: Incoming,
  ): Promise<IngressOutcome> {
    const { checks, keys, settling, endpoints } = this.parts;
    let current = known;
    for (let judgements = 0; judgements < MOST_JUDGEMENTS; judgements += 1) {
      const { endpoint } = current;
      if (endpoint === undefined) return UNKNOWN;
      const verdict = await judge(endpoint, incoming, { checks, keys });
      if (verdict.kind === 'later') return this.unavailable({ startedAt });
      if (verdict.kind === 'refuse' && !current.isCurrent) return this.unavailable({ startedAt });
      const outcome = await settling.settle(verdict, { endpoint, incoming, startedAt });
      if (outcome !== 'stale') return outcome;
      current = await endpoints.reload(token);
    }
    return this.unavailable({ startedAt });
  }

  private unavailable({ startedAt }: Pick<Arrival, 'startedAt'>): IngressOutcome {
    this.parts.counters.count('unavailable', secondsSince(startedAt));
    return TRY_SOON;
  }
}

function secondsSince(startedAt: number): number {
  return (performance.now() - startedAt) / 1_000;
}
