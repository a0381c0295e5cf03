import type { Redactor } from '@hookloom/contracts';
import type { EventDetailRow } from '@hookloom/persistence';
import { Injectable } from '@nestjs/common';
import { AppParts } from '../app-parts.js';
import { showsText } from '../redaction/hidden-search.js';
import { EventBodies } from './event-bodies.js';
import { toEventDetail, type Outcomes } from './event-view.js';

/** Where only what was received counts. */
const NO_OUTCOMES: Outcomes = { runs: [], deliveries: new Map() };

/** What people see of events that were found by a text. */
@Injectable()
export class VisibleEvents {
  constructor(
    private readonly parts: AppParts,
    private readonly bodies: EventBodies,
  ) {}

  /** Those of them that show the text: else a hidden value could be guessed letter by letter. */
  async thatShow(
    projectId: string,
    ids: readonly string[],
    { text, redactor }: { readonly text: string; readonly redactor: Redactor },
  ): Promise<string[]> {
    if (redactor.isEmpty) return [...ids];
    const shown: string[] = [];
    for (const id of ids) {
      const event = await this.parts.store.events.find(projectId, id);
      if (event && (await this.shows(event, text, redactor))) shown.push(id);
    }
    return shown;
  }

  private async shows(event: EventDetailRow, text: string, redactor: Redactor): Promise<boolean> {
    return showsText(toEventDetail(event, NO_OUTCOMES, await this.bodies.read(event), redactor), text);
  }
}
