import { LIMITS, type EventStatus } from '@hookloom/contracts';
import type { AcceptedEvent, AcceptWriter } from '@hookloom/persistence';
import type { CompiledEndpoint } from './compiled-endpoint.js';
import type { CountedStatus, EventCounters } from './event-counters.js';
import { handshakeAnswer } from './handshake-answer.js';
import type { HandshakeEffects } from './handshake-effects.js';
import type { HeldRequests } from './held-requests.js';
import type { Handshake, Pass, Refusal, Settled } from './judge.js';
import type { EventClock, Judged } from './judged.js';
import { TRY_LATER, type IngressOutcome } from './outcome.js';
import type { RejectionLog } from './rejection-log.js';
import { toAcceptedEvent, type Waiting } from './to-accepted-event.js';
import { toHandshakeEvent, toRejectedEvent } from './to-recorded-event.js';

/** What hears of committed events; never throws, never waits. */
export interface SettleListener {
  /** Runs that are due now. */
  ring(runIds: readonly string[]): void;
  /** An event was stored. */
  announce(event: StoredEvent): void;
}

export interface StoredEvent {
  readonly id: string;
  readonly projectId: string;
  readonly endpointId: string;
  readonly status: EventStatus;
}

export interface SettleParts {
  readonly writer: Pick<AcceptWriter, 'accept'>;
  readonly rejections: RejectionLog;
  readonly listener: SettleListener;
  readonly effects: HandshakeEffects;
  readonly clock: EventClock;
  readonly counters: EventCounters;
  readonly held: Pick<HeldRequests, 'hasRoomFor'>;
}

/** Makes durable what a verdict says, counts it and rings for its runs. */
export class SettleService {
  constructor(private readonly parts: SettleParts) {}

  /**
   * @returns `stale` when the endpoint has changed since it was read: read it again and judge anew
   * @throws StorageUnavailable when the event could not be stored
   */
  settle(verdict: Settled, judged: Judged): Promise<IngressOutcome | 'stale'> {
    switch (verdict.kind) {
      case 'pass':
        return this.store(verdict, judged);
      case 'handshake':
        return this.answerHandshake(verdict, judged);
      case 'refuse':
        return this.refuse(verdict, judged);
    }
  }

  private async store(pass: Pass, judged: Judged): Promise<IngressOutcome | 'stale'> {
    const { writer, clock, held } = this.parts;
    const { endpoint, startedAt } = judged;
    const wait = waitingOf(judged, held);
    const event = toAcceptedEvent(judged, pass, clock, wait);
    const outcome = await writer.accept(event);
    switch (outcome.kind) {
      case 'stale':
        return 'stale';
      case 'full':
        this.count('unavailable', startedAt);
        return TRY_LATER;
      case 'duplicate':
        this.announce(event.id, 'duplicate', endpoint);
        this.count('duplicate', startedAt);
        return { kind: 'duplicate', eventId: outcome.of, preset: endpoint.preset };
      case 'stored':
        this.tell(event);
        this.count(event.status, startedAt);
        return this.stored(event, endpoint, wait);
    }
  }

  private stored(
    event: AcceptedEvent,
    { preset, settings }: CompiledEndpoint,
    wait: Waiting,
  ): IngressOutcome {
    const eventId = event.id;
    if (wait === 'none' || event.status !== 'accepted') return { kind: 'stored', eventId, preset };
    if (wait === 'crowded') return { kind: 'crowded', eventId };
    const runIds = event.runs.filter((run) => run.state === 'queued').map((run) => run.id);
    const timeoutMs = (settings.response?.timeoutSeconds ?? LIMITS.heldSeconds) * 1_000;
    return {
      kind: 'stored',
      eventId,
      preset,
      held: { event: { id: eventId, endpointId: event.endpointId, runIds }, timeoutMs },
    };
  }

  /** After the commit; a lost ring costs a moment, since the worker also looks by itself. */
  private tell(event: AcceptedEvent): void {
    const due = event.runs.filter((run) => run.state === 'queued').map((run) => run.id);
    if (due.length > 0) this.parts.listener.ring(due);
    this.parts.listener.announce(event);
  }

  private async answerHandshake({ reply, verification }: Handshake, judged: Judged): Promise<IngressOutcome> {
    const { endpoint, startedAt } = judged;
    if (reply.effect) await this.parts.effects.perform(endpoint.stored, reply.effect);
    const answer = handshakeAnswer(reply);
    const eventId = await this.parts.rejections.record(endpoint.stored.id, () =>
      toHandshakeEvent(judged, { answerStatus: answer.status, verification }, this.parts.clock),
    );
    this.announce(eventId, 'captured', endpoint);
    this.count('captured', startedAt);
    return { kind: 'handshake', answer };
  }

  private async refuse(refusal: Refusal, judged: Judged): Promise<IngressOutcome> {
    const { endpoint, startedAt } = judged;
    const eventId = await this.parts.rejections.record(endpoint.stored.id, () =>
      toRejectedEvent(judged, refusal, this.parts.clock),
    );
    this.announce(eventId, 'rejected', endpoint);
    this.count('rejected', startedAt);
    const { reason, detail, errors, verification } = refusal;
    return {
      kind: 'refused',
      reason,
      code: reason === 'signature' ? (verification?.reason ?? reason) : reason,
      detail,
      ...(errors === undefined ? {} : { errors }),
      ...(reason === 'method' ? { allow: endpoint.allow } : {}),
      ...(reason === 'signature' && endpoint.policy.sender.answer?.refusesWithoutBody
        ? { isBodyless: true }
        : {}),
      eventId,
    };
  }

  private announce(
    id: string | undefined,
    status: EventStatus,
    { stored: { id: endpointId, projectId } }: CompiledEndpoint,
  ): void {
    if (id !== undefined) this.parts.listener.announce({ id, projectId, endpointId, status });
  }

  private count(status: CountedStatus, startedAt: number): void {
    this.parts.counters.count(status, (performance.now() - startedAt) / 1_000);
  }
}

/** Who sends a sample asks for the event, not for what a run makes of it. */
function waitingOf({ endpoint, incoming }: Judged, held: SettleParts['held']): Waiting {
  const { settings, stored } = endpoint;
  if (settings.response?.mode !== 'wait' || incoming.sample !== undefined) return 'none';
  return held.hasRoomFor(stored.id) ? 'held' : 'crowded';
}
