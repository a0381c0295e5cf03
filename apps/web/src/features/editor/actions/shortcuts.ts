/** Where a command belongs in lists of commands. */
export type ShortcutGroup = 'steps' | 'edit' | 'view' | 'test';

/** One command of the editor and the keys that give it. */
export interface Shortcut {
  /** Names the command. */
  readonly id: string;
  /**
   * Any of these: parts joined by `+`, such as `Mod+Shift+Z`. `Mod` is Ctrl, and ⌘ on a Mac; the rest are the
   * browser's names of keys.
   */
  readonly keys: readonly string[];
  readonly group: ShortcutGroup;
  /** `steps`: its keys act only while canvas or outline has the focus; `editor`: anywhere in the editor. */
  readonly scope: 'steps' | 'editor';
}

/** Every command of the editor, in the order people read them: the keyboard, the menus and the help all read this. */
export const SHORTCUTS = [
  { id: 'add', keys: ['N', '/'], group: 'steps', scope: 'steps' },
  { id: 'open', keys: ['Enter'], group: 'steps', scope: 'steps' },
  { id: 'rename', keys: ['F2'], group: 'steps', scope: 'steps' },
  { id: 'toggle', keys: ['E'], group: 'steps', scope: 'steps' },
  { id: 'replace', keys: ['R'], group: 'steps', scope: 'steps' },
  { id: 'connect', keys: ['C'], group: 'steps', scope: 'steps' },
  { id: 'pin', keys: ['P'], group: 'steps', scope: 'steps' },
  { id: 'duplicate', keys: ['Mod+D'], group: 'steps', scope: 'steps' },
  { id: 'delete', keys: ['Delete', 'Backspace'], group: 'steps', scope: 'steps' },
  { id: 'group', keys: ['G'], group: 'steps', scope: 'steps' },
  { id: 'note', keys: ['Shift+N'], group: 'steps', scope: 'steps' },
  { id: 'undo', keys: ['Mod+Z'], group: 'edit', scope: 'editor' },
  { id: 'redo', keys: ['Mod+Shift+Z', 'Mod+Y'], group: 'edit', scope: 'editor' },
  { id: 'copy', keys: ['Mod+C'], group: 'edit', scope: 'steps' },
  { id: 'cut', keys: ['Mod+X'], group: 'edit', scope: 'steps' },
  { id: 'paste', keys: ['Mod+V'], group: 'edit', scope: 'steps' },
  { id: 'selectAll', keys: ['Mod+A'], group: 'edit', scope: 'steps' },
  { id: 'find', keys: ['Mod+F'], group: 'edit', scope: 'editor' },
  { id: 'settings', keys: ['Mod+,'], group: 'edit', scope: 'editor' },
  { id: 'walk', keys: ['ArrowDown', 'ArrowUp', 'ArrowLeft', 'ArrowRight'], group: 'view', scope: 'steps' },
  {
    id: 'extend',
    keys: ['Shift+ArrowDown', 'Shift+ArrowUp', 'Shift+ArrowLeft', 'Shift+ArrowRight'],
    group: 'view',
    scope: 'steps',
  },
  {
    id: 'move',
    keys: ['Alt+ArrowDown', 'Alt+ArrowUp', 'Alt+ArrowLeft', 'Alt+ArrowRight'],
    group: 'view',
    scope: 'steps',
  },
  {
    id: 'moveFar',
    keys: ['Alt+Shift+ArrowDown', 'Alt+Shift+ArrowUp', 'Alt+Shift+ArrowLeft', 'Alt+Shift+ArrowRight'],
    group: 'view',
    scope: 'steps',
  },
  { id: 'tidy', keys: ['Shift+T'], group: 'view', scope: 'steps' },
  { id: 'fit', keys: ['F'], group: 'view', scope: 'steps' },
  { id: 'actualSize', keys: ['0'], group: 'view', scope: 'steps' },
  { id: 'zoomIn', keys: ['+', '='], group: 'view', scope: 'steps' },
  { id: 'zoomOut', keys: ['-'], group: 'view', scope: 'steps' },
  { id: 'minimap', keys: ['M'], group: 'view', scope: 'steps' },
  { id: 'switchView', keys: ['O'], group: 'view', scope: 'steps' },
  { id: 'leave', keys: ['Escape'], group: 'view', scope: 'steps' },
  { id: 'testStep', keys: ['T'], group: 'test', scope: 'steps' },
  { id: 'testWorkflow', keys: ['Mod+Enter'], group: 'test', scope: 'editor' },
  { id: 'previousStep', keys: ['['], group: 'test', scope: 'steps' },
  { id: 'nextStep', keys: [']'], group: 'test', scope: 'steps' },
  { id: 'publish', keys: ['Mod+Shift+P'], group: 'test', scope: 'editor' },
] as const satisfies readonly Shortcut[];

export type CommandId = (typeof SHORTCUTS)[number]['id'];

/** The text key of what a command does. */
export function commandLabel(id: CommandId): string {
  return `editor.commands.${id}`;
}
