import { useEventListener } from '@vueuse/core';
import { nextTick } from 'vue';
import type { Editor } from '../editor-context.js';
import { offerCommands } from './active-commands.js';
import { focusStep } from './focus-step.js';
import { shortcutOf } from './key-combos.js';
import type { CommandId } from './shortcuts.js';

/** The commands of the whole editor: their keys act wherever the focus is in it. */
export function useEditorCommands(editor: Editor, switchView: () => void): void {
  const { actions, tests, rows, selected, isFinding, isPublishing, settingsShown } = editor;
  const commands = new Map<CommandId, () => void>([
    ['undo', () => actions.undo()],
    ['redo', () => actions.redo()],
    ['find', () => (isFinding.value = true)],
    ['settings', () => (settingsShown.value = true)],
    ['publish', () => (isPublishing.value = true)],
    ['testWorkflow', () => void tests.workflow()],
    [
      'switchView',
      () => {
        switchView();
        const [first] = [...selected.value, ...rows.value.map(({ id }) => id)];
        void nextTick(() => first !== undefined && focusStep(first));
      },
    ],
  ]);
  useEventListener(window, 'keydown', (event) => {
    const shortcut = shortcutOf(event);
    const run = shortcut && commands.get(shortcut.id);
    if (!run || shortcut.scope !== 'editor' || event.defaultPrevented) return;
    event.preventDefault();
    run();
  });
  offerCommands(commands);
}
