import type { Point, Positions } from '../document/draft.js';
import { moveSteps, nudgeSteps, placeTidily, turn } from '../document/edits/move.js';
import { flowOf } from '../document/flow.js';
import { layOut } from '../document/layout-worker.js';
import { layoutTask } from '../document/tidy-positions.js';
import type { ActionParts } from './action-parts.js';

/** Where steps stand: looks only, and undone like everything else. */
export function moveActions({ edit, say, facts, history }: ActionParts) {
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
    /** Lays the steps out anew: all, or several that are chosen. */
    async tidy(ids: readonly string[] = []): Promise<void> {
      const only = ids.length > 1 ? new Set(ids) : undefined;
      const places = await layOut(layoutTask(history.draft.value, facts.value, only));
      if (places === undefined) return say('untidy');
      edit({ key: 'editor.edits.tidy' }, (draft) => placeTidily(draft, places));
      say('tidy', { n: Object.keys(places).length });
    },
    /** Lets the workflow run to the other side: down or right. */
    turn(): void {
      const direction = flowOf(history.draft.value).direction === 'down' ? 'right' : 'down';
      edit({ key: `editor.edits.turn.${direction}` }, (draft) => turn(draft, direction, facts.value));
      say(direction === 'right' ? 'turnRight' : 'turnDown');
    },
  };
}
