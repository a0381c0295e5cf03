import type { Point, Positions } from '../document/draft.js';
import { moveSteps, nudgeSteps, tidy } from '../document/edits/move.js';
import type { ActionParts } from './action-parts.js';

/** Where steps stand: looks only, and undone like everything else. */
export function moveActions({ edit, say, facts }: ActionParts) {
  return {
    move: (places: Positions) =>
      edit({ key: 'editor.edits.move', values: { n: Object.keys(places).length } }, (draft) =>
        moveSteps(draft, places),
      ),
    nudge: (ids: readonly string[], by: Point) =>
      edit(
        { key: 'editor.edits.move', values: { n: ids.length } },
        (draft) => nudgeSteps(draft, ids, by),
        `nudge ${ids.join(' ')}`,
      ),
    tidy(): void {
      edit({ key: 'editor.edits.tidy' }, (draft) => tidy(draft, facts.value));
      say('tidy');
    },
  };
}
