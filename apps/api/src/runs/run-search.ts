import type { Redactor, RunFilter } from '@hookloom/contracts';
import type { RunChoice } from '@hookloom/persistence';
import { Injectable } from '@nestjs/common';
import { AppParts } from '../app-parts.js';
import { VisibleEvents } from '../events/visible-events.js';
import { refuseHiddenComparison } from '../redaction/hidden-search.js';
import { redactorOf } from '../redaction/redactor-of.js';

/** Which runs a filter is about. Nothing that rules hide is found by a text or compared. */
@Injectable()
export class RunSearch {
  constructor(
    private readonly parts: AppParts,
    private readonly visible: VisibleEvents,
  ) {}

  /** @throws ProblemError 422 where a hidden value would be compared */
  async choose(projectId: string, filter: RunFilter): Promise<RunChoice> {
    const { store } = this.parts;
    const redactor = await redactorOf(store, projectId);
    refuseHiddenComparison(redactor, filter.where);
    const choice = await store.runLists.withEvents(projectId, filter);
    const { q: text } = filter;
    if (text === undefined || redactor.isEmpty) return choice;
    const eventIds = await this.visible.thatShow(projectId, choice.eventIds ?? [], { text, redactor });
    const inputs = await store.runLists.inputsWith(projectId, text);
    const shown = inputs.filter(({ input }) => inputShows(input, text, redactor));
    return { ...choice, eventIds, inputRunIds: shown.map(({ runId }) => runId) };
  }
}

/** @param input JSON text */
function inputShows(input: string, text: string, redactor: Redactor): boolean {
  const { value, by } = redactor.redact(JSON.parse(input));
  return by.length === 0 || JSON.stringify(value).includes(JSON.stringify(text).slice(1, -1));
}
