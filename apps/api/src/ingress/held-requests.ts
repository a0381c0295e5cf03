import { LIMITS } from '@hookloom/contracts';
import type { HeldProgress } from '@hookloom/persistence';
import { JSON_HEADERS, type Answer } from './answer.js';
import { toRunAnswer } from './run-answer.js';

/** An event whose request waits for what its runs say. */
export interface HeldEvent {
  readonly id: string;
  /** Runs that can answer it; those of paused workflows cannot. */
  readonly runIds: readonly string[];
}

export interface HeldRequestsDeps {
  /** Looks at several events in one query; events of which nothing is known yet may be missing. */
  readonly load: (events: readonly HeldEvent[]) => Promise<ReadonlyMap<string, HeldProgress>>;
  /** Told what each request was answered with, and after how long. */
  readonly note: (eventId: string, status: number, ms: number) => void;
  readonly onTrouble: (error: unknown) => void;
}

interface Held extends HeldEvent {
  readonly answer: (answer: Answer) => void;
}

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
  private timer: NodeJS.Timeout | undefined;
  private isDraining = false;

  constructor(
    private readonly deps: HeldRequestsDeps,
    private readonly limit: number = LIMITS.heldRequests,
  ) {}

  /** Ask before the event is stored: later its runs may be over before anybody listens. */
  get hasRoom(): boolean {
    return !this.isDraining && this.held.size < this.limit;
  }

  /** @returns what to answer, at the latest after `timeoutMs`. Never rejects. */
  async hold(event: HeldEvent, timeoutMs: number): Promise<Answer> {
    const startedAt = performance.now();
    if (!this.hasRoom) {
      this.deps.note(event.id, 202, 0);
      return accepted(event.id);
    }
    let limit: NodeJS.Timeout | undefined;
    const answer = await new Promise<Answer>((resolve) => {
      limit = setTimeout(() => resolve(timedOut(event.id)), timeoutMs);
      this.held.set(event.id, { ...event, answer: resolve });
      this.timer ??= setInterval(() => void this.look([...this.held.values()]), LOOK_EVERY_MS);
      this.tell(event.id);
    });
    clearTimeout(limit);
    this.release(event.id);
    this.deps.note(event.id, answer.status, performance.now() - startedAt);
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

  private release(eventId: string): void {
    this.held.delete(eventId);
    if (this.held.size > 0) return;
    clearInterval(this.timer);
    this.timer = undefined;
  }

  private async look(events: readonly Held[]): Promise<void> {
    if (events.length === 0) return;
    try {
      const progress = await this.deps.load(events);
      for (const event of events) {
        const answer = toRunAnswer(event, progress.get(event.id));
        if (answer) event.answer(answer);
      }
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
