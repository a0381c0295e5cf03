import type { JournalEntry } from '@hookloom/contracts';
import { ResumeTokens, type ResumeTarget } from '@hookloom/persistence';
import { Injectable } from '@nestjs/common';
import { AppParts } from '../app-parts.js';
import { EventParts } from '../event-parts.js';
import { toQuestion, type Decision } from './decision.js';
import type { Question } from './question-page.js';

/** Where a wait stands. `early`: its run has not come to it yet. */
export type WaitState =
  | { readonly kind: 'open'; readonly question: Question }
  | { readonly kind: 'early' | 'used' | 'late' | 'over' | 'unknown' };

/** What came of a call that was to end a wait. `late`: its time was up. */
export type WaitEnd = 'answered' | 'used' | 'late' | 'over' | 'unknown';

/** Waits of runs as those see them who hold a signed address. */
@Injectable()
export class WaitsService {
  private readonly tokens: ResumeTokens;

  constructor(
    private readonly parts: AppParts,
    private readonly running: EventParts,
  ) {
    this.tokens = new ResumeTokens(parts.secretBox);
  }

  /** Whether this server made the address; asks no database. */
  isSigned(kind: ResumeTarget['kind'], token: string): boolean {
    return this.tokens.read(kind, token) !== undefined;
  }

  /** What the page of an approval shows. */
  async look(token: string): Promise<WaitState> {
    const target = this.tokens.read('approval', token);
    if (!target) return { kind: 'unknown' };
    const projectId = await this.running.commands.findOpenProject(target.runId);
    if (projectId === undefined) return { kind: 'over' };
    const ended = await this.running.commands.findAnswer(target.runId, target.place);
    if (ended) return { kind: ended };
    const journal = await this.parts.store.runs.journalOf(projectId, target.runId);
    const entry = journal.findLast((one) => isAbout(one, target.place.path));
    if (entry?.kind === 'suspended') return { kind: 'open', question: toQuestion(entry.detail) };
    return { kind: entry ? 'used' : 'early' };
  }

  decide(token: string, decision: Decision): Promise<WaitEnd> {
    return this.answer(this.tokens.read('approval', token), decision);
  }

  /** Ends the wait for a call with the call's body. */
  resume(token: string, body: unknown): Promise<WaitEnd> {
    return this.answer(this.tokens.read('webhook', token), body);
  }

  private async answer(target: ResumeTarget | undefined, output: unknown): Promise<WaitEnd> {
    if (!target) return 'unknown';
    const result = { outputJson: JSON.stringify(output ?? null) };
    const outcome = await this.running.commands.answer(target.runId, target.place, result);
    if (outcome === 'answered') this.running.bell.ring([target.runId]);
    return outcome;
  }
}

function isAbout(entry: JournalEntry, path: string): boolean {
  return (entry.kind === 'suspended' || entry.kind === 'succeeded') && entry.path === path;
}
