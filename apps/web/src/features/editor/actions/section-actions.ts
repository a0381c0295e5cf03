import { addGroup, changeGroup, groupOfStep, groupsOf, ungroup } from '../document/edits/groups.js';
import { freshName } from '../document/step-ids.js';
import type { ActionParts } from './action-parts.js';
import { focusWhenDrawn } from './focus-step.js';

/** Sections: named parts of the canvas that can be collapsed. Looks only, and undone like everything else. */
export function sectionActions({ edit, say, t, history }: ActionParts) {
  const nameOf = (id: string) => groupsOf(history.draft.value).find((group) => group.id === id)?.name ?? '';
  return {
    /** Makes a section of the steps; if they are exactly one already, takes it away. */
    group(ids: readonly string[]): void {
      const [first] = ids;
      const before = first === undefined ? undefined : groupOfStep(history.draft.value, first);
      const isWhole = before?.steps.length === ids.length && ids.every((id) => before.steps.includes(id));
      if (before && isWhole) return this.removeSection(before.id);
      const taken = new Set(groupsOf(history.draft.value).map(({ name }) => name));
      const name = freshName(t('editor.section.new'), taken);
      const id = crypto.randomUUID();
      if (!edit({ key: 'editor.edits.group' }, (draft) => addGroup(draft, { id, name, steps: ids }))) return;
      say('group', { name, n: ids.length });
      // A new section's name is what is typed next.
      focusWhenDrawn(`[data-section="${CSS.escape(id)}"]`);
    },
    renameSection: (id: string, name: string) =>
      edit(
        { key: 'editor.edits.renameSection' },
        (draft) => changeGroup(draft, id, { name }),
        `section ${id}`,
      ),
    foldSection(id: string, collapsed: boolean): void {
      const key = collapsed ? 'fold' : 'unfold';
      edit({ key: `editor.edits.${key}`, values: { name: nameOf(id) } }, (draft) =>
        changeGroup(draft, id, { collapsed }),
      );
      say(key, { name: nameOf(id) });
    },
    removeSection(id: string): void {
      const name = nameOf(id);
      edit({ key: 'editor.edits.ungroup', values: { name } }, (draft) => ungroup(draft, id));
      say('ungroup', { name });
    },
  };
}
