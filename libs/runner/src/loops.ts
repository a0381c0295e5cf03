import { LIMITS, LOOP, type JournalEntry, type ListPart, type RunError } from '@hookloom/contracts';
import type { EndedRound, RoundState, StepState } from '@hookloom/engine';
import { PermanentError, StepError, type StepOutcome } from '@hookloom/step-kit';
import { inParts, joinLists, packList, unpackList } from './list-parts.js';
import { LoopItems } from './loop-items.js';
import type { Attempt } from './attempt.js';
import type { RunJournal } from './run-journal.js';
import { RoundResults } from './round-results.js';
import type { RunScope } from './run-scope.js';

/** A loop failed because a step of one of its rounds did: that step's error is the loop's. */
export class RoundFailed extends StepError {
  constructor(readonly runError: RunError) {
    super(runError.message, runError.code);
  }
}

/** Begins, feeds and ends the loops of one run. Items and results are kept by reference, a part at a time in memory. */
export class Loops {
  /** By the loop's path. */
  private readonly items = new Map<string, LoopItems>();
  private readonly results = new Map<string, RoundResults>();
  /** Ended rounds are looked at one after the other. */
  private keeping: Promise<void> = Promise.resolve();

  constructor(
    private readonly journal: RunJournal,
    private readonly scope: RunScope,
    private readonly now: () => number,
  ) {}

  /** A loop has its items. Without steps to do for each, the items are what it gives. */
  async begin(step: StepState, on: Attempt, outcome: Extract<StepOutcome, { kind: 'loop' }>): Promise<void> {
    const packed = outcome.items.json;
    const values = unpackList(packed);
    checkCount(values.length);
    const isShort = Buffer.byteLength(packed) <= LIMITS.inlineBytes;
    const parts = isShort ? [] : await this.store(values);
    const hasBody = (step.planned.body?.steps.length ?? 0) > 0;
    if (!hasBody || values.length === 0) {
      this.finish(step, on, isShort ? packed : undefined, parts);
      return;
    }
    this.items.set(step.path, this.itemsOf(parts, isShort ? values : []));
    const { concurrency, onItemError } = outcome;
    const entry = { kind: 'looping', ...on, at: this.now(), count: values.length } as const;
    const how = { concurrency, onItemError };
    if (isShort) this.journal.add({ ...entry, ...how }, packed);
    else this.journal.add({ ...entry, ...how, items: parts });
  }

  /** Makes `item`, `index` and what is known around a round known in it. */
  async enter(round: RoundState): Promise<void> {
    if (this.scope.hasRound(round.prefix)) return;
    if (round.of.round) await this.enter(round.of.round);
    const item = (await this.items.get(round.of.path)?.at(round.index)) ?? 'null';
    if (!this.scope.hasRound(round.prefix)) this.scope.beginRound(round, item);
  }

  /** Keeps what ended rounds gave, and stores it aside when enough has gathered. @throws RunLost */
  keepEnded(): Promise<void> {
    if (this.journal.state.endedRounds.length > 0) {
      this.keeping = this.keeping.then(async () => {
        for (const path of await this.takeEnded()) await this.storeDue(path, 'part');
      });
    }
    return this.keeping;
  }

  /** All rounds are over: the loop gives what they gave, or fails as one of them did. @throws RoundFailed, PermanentError */
  async close(step: StepState, on: Attempt): Promise<void> {
    await this.keepEnded();
    if (step.loop?.failure) throw new RoundFailed(step.loop.failure);
    const results = this.resultsOf(step.path);
    if (results.isTooLarge) throw tooLarge();
    const { short } = results;
    if (short === undefined) await this.storeDue(step.path, 'rest');
    this.finish(step, on, short, results.parts);
  }

  /** Follows the journal of a run that goes on; rounds that ended are to be kept after each entry. */
  async restore(entry: JournalEntry): Promise<void> {
    if (entry.kind === 'looping') {
      const short = Array.isArray(entry.output) ? entry.output.map((item) => JSON.stringify(item)) : [];
      this.items.set(entry.path, this.itemsOf(entry.items ?? [], short));
      this.results.delete(entry.path);
    }
    if (entry.kind === 'gathered') this.resultsOf(entry.path).noteStored(entry.part);
    await this.takeEnded();
  }

  /** A list of what rounds gave, from where it is stored: JSON text. */
  async loadList(parts: readonly ListPart[]): Promise<string> {
    const packed: string[] = [];
    for (const { ref } of parts) packed.push(await this.journal.loadValue(ref));
    return joinLists(packed);
  }

  /** @returns paths of the loops whose rounds ended */
  private async takeEnded(): Promise<ReadonlySet<string>> {
    const ended = this.journal.state.endedRounds;
    this.journal.state.endedRounds = [];
    for (const round of ended) {
      const results = this.resultsOf(round.path);
      const given = await this.given(round);
      results.add(round.index, results.isTooLarge ? 'null' : given);
      this.scope.endRound(round.prefix);
    }
    return new Set(ended.map(({ path }) => path));
  }

  private async given({ prefix, lastSteps, onItemError, error }: EndedRound): Promise<string> {
    if (!error) return this.scope.textOf(prefix, lastSteps);
    return onItemError === 'collect' ? JSON.stringify({ error }) : 'null';
  }

  private async storeDue(path: string, which: 'part' | 'rest'): Promise<void> {
    const results = this.resultsOf(path);
    const step = this.journal.state.steps.get(path);
    const due = results.due(which);
    if (!due || !step) return;
    const ref = await this.journal.storeValue(packList(due.values));
    const part = { ...ref, from: due.from, count: due.values.length };
    this.journal.add({ kind: 'gathered', stepId: step.planned.id, path, at: this.now(), part });
    results.noteStored(part);
  }

  private finish(step: StepState, on: Attempt, short: string | undefined, parts: readonly ListPart[]): void {
    const entry = { kind: 'succeeded', ...on, at: this.now(), handle: LOOP.done } as const;
    if (short === undefined) {
      this.journal.add({ ...entry, list: [...parts] });
      this.scope.setLater(step, 0, () => this.loadList(parts));
    } else {
      this.journal.add(entry, short);
      this.scope.setOutput(step, short);
    }
    this.items.delete(step.path);
    this.results.delete(step.path);
  }

  private async store(values: readonly string[]): Promise<ListPart[]> {
    const parts: ListPart[] = [];
    for (const part of inParts(values)) {
      const ref = await this.journal.storeValue(packList(part.values));
      parts.push({ ...ref, from: part.from, count: part.values.length });
    }
    return parts;
  }

  private itemsOf(parts: readonly ListPart[], short: readonly string[]): LoopItems {
    return new LoopItems(parts, short, (ref) => this.journal.loadValue(ref));
  }

  private resultsOf(path: string): RoundResults {
    const known = this.results.get(path) ?? new RoundResults();
    this.results.set(path, known);
    return known;
  }
}

function checkCount(count: number): void {
  if (count <= LIMITS.loopItems) return;
  throw new PermanentError(
    `The list has ${count} items; a loop takes up to ${LIMITS.loopItems}. Split it, or filter it first.`,
    { code: 'too_many_items' },
  );
}

function tooLarge(): PermanentError {
  return new PermanentError(
    `The rounds gave more than ${LIMITS.loopBytes} bytes in all. Keep only the fields you need at the end of each round.`,
    { code: 'loop_too_large' },
  );
}
