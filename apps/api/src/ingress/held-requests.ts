import type { EventEmitter } from 'node:events';
import { LIMITS } from '@hookloom/contracts';
import { UNANSWERED, type HeldProgress } from '@hookloom/persistence';
import { JSON_HEADERS, type Answer } from './answer.js';
import { toRunAnswer, type HeldEvent } from './run-answer.js';

export interface HeldRequestsDeps {
  /** Looks at several events in one query; events of which nothing is known yet may be missing. */
  readonly load: (events: readonly HeldEvent[]) => Promise<ReadonlyMap<string, HeldProgress>>;
  /** Told what each request was answered with, and after how long. */
  readonly note: (eventId: string, status: number, ms: number) => void;
  readonly onTrouble: (error: unknown) => void;
}

/** What tells that the sender went away. */
export type Connection = Pick<EventEmitter, 'once' | 'removeListener'> & { readonly destroyed?: boolean };

interface Held extends HeldEvent {
  readonly answer: (answer: Answer) => void;
}

/** Of one endpoint's requests, this part of all that may be held: a flood at one URL leaves room for the others. */
const SHARE_OF_ENDPOINT = 1 / 2;

/** Looked at this often, milliseconds: whoever tells of an answer may be lost on the way. */
const LOOK_EVERY_MS = 500;

/**
 * Requests that are held open until a run has an answer. A row of the database is the answer; being told of it only
 * makes it faster. No connection of the database is held meanwhile, and the number of requests is bounded.
 * Source: reliability rule 54.
 */
export class HeldRequests {
  private readonly held = new Map<string, Held>();
  /** Told of an answer since the last look. */
  private readonly told = new Set<string>();
  private readonly heldOf = new Map<string, number>();
  private isLooking = false;
  private timer: NodeJS.Timeout | undefined;
  private isDraining = false;

  constructor(
    private readonly deps: HeldRequestsDeps,
    private readonly limit: number = LIMITS.heldRequests,
  ) {}

  /** Ask before the event is stored: later its runs may be over before anybody listens. */
  hasRoomFor(endpointId: string): boolean {
    if (this.isDraining || this.held.size >= this.limit) return false;
    return (this.heldOf.get(endpointId) ?? 0) < Math.ceil(this.limit * SHARE_OF_ENDPOINT);
  }

  /**
   * @param connection closes when the sender goes away; then nobody is held, and `UNANSWERED` is noted
   * @returns what to answer, at the latest after `timeoutMs`. Never rejects.
   */
  async hold(event: HeldEvent, timeoutMs: number, connection: Connection): Promise<Answer> {
    const startedAt = performance.now();
    if (!this.hasRoomFor(event.endpointId)) {
      this.deps.note(event.id, 202, 0);
      return accepted(event.id);
    }
    let limit: NodeJS.Timeout | undefined;
    let hasLeft = connection.destroyed === true;
    let leave: () => void = () => undefined;
    const answer = await new Promise<Answer>((resolve) => {
      leave = () => {
        hasLeft = true;
        resolve(accepted(event.id));
      };
      if (hasLeft) return leave();
      connection.once('close', leave);
      limit = setTimeout(() => resolve(timedOut(event.id)), timeoutMs);
      this.keep({ ...event, answer: resolve });
    });
    clearTimeout(limit);
    connection.removeListener('close', leave);
    this.release(event);
    this.deps.note(event.id, hasLeft ? UNANSWERED : answer.status, performance.now() - startedAt);
    return answer;
  }

  /** A run has something for this event. */
  tell(eventId: string): void {
    if (!this.held.has(eventId)) return;
    this.told.add(eventId);
    setImmediate(() => {
      const told = [...this.told].flatMap((id) => this.held.get(id) ?? []);
      this.told.clear();
      if (told.length > 0) void this.look(told);
    });
  }

  /** The process stops: whoever waits learns its event's id, and nobody waits any more. The runs go on. */
  drain(): void {
    this.isDraining = true;
    for (const { id, answer } of this.held.values()) answer(accepted(id));
  }

  private keep(held: Held): void {
    this.held.set(held.id, held);
    this.heldOf.set(held.endpointId, (this.heldOf.get(held.endpointId) ?? 0) + 1);
    this.timer ??= setInterval(() => void this.lookAtAll(), LOOK_EVERY_MS);
    this.tell(held.id);
  }

  private release({ id, endpointId }: HeldEvent): void {
    if (!this.held.delete(id)) return;
    const others = (this.heldOf.get(endpointId) ?? 1) - 1;
    if (others > 0) this.heldOf.set(endpointId, others);
    else this.heldOf.delete(endpointId);
    if (this.held.size > 0) return;
    clearInterval(this.timer);
    this.timer = undefined;
  }

  /** Not again while the last look waits for a slow database. */
  private async lookAtAll(): Promise<void> {
    if (this.isLooking) return;
    this.isLooking = true;
    await this.look([...this.held.values()]);
    this.isLooking = false;
  }

  private async look(events: readonly Held[]): Promise<void> {
    if (events.length === 0) return;
    try {
      const progress = await this.deps.load(events);
      for (const event of events) this.answerBy(event, progress.get(event.id));
    } catch (error) {
      this.deps.onTrouble(error);
    }
  }

  /** One answer that cannot be read must not keep the others waiting. */
  private answerBy(event: Held, progress: HeldProgress | undefined): void {
    try {
      const answer = toRunAnswer(event, progress);
      if (answer) event.answer(answer);
    } catch (error) {
      this.deps.onTrouble(error);
    }
  }
}

function accepted(eventId: string): Answer {
  return { status: 202, headers: JSON_HEADERS, body: JSON.stringify({ eventId }) };
}

function timedOut(eventId: string): Answer {
  return { status: 504, headers: JSON_HEADERS, body: JSON.stringify({ eventId }) };
}
