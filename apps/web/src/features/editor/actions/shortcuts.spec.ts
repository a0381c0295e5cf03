import { describe, expect, it } from 'vitest';
import { en } from '../../../app/messages.js';
import { comboOf, isSingleKey, keysShown, shortcutOf } from './key-combos.js';
import { SHORTCUTS } from './shortcuts.js';

const press = (
  key: string,
  held: Partial<Record<'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey', boolean>> = {},
) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
});

describe('the table of shortcuts', () => {
  it('gives every key once', () => {
    const keys: string[] = SHORTCUTS.flatMap((shortcut) => [...shortcut.keys]);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('has a text for every command and group', () => {
    for (const { id, group } of SHORTCUTS) {
      expect(en).toHaveProperty(`editor.commands.${id}`);
      expect(en).toHaveProperty(`editor.commandGroups.${group}`);
    }
  });

  it('lets single keys act on steps only', () => {
    for (const { keys, scope } of SHORTCUTS) if (keys.some(isSingleKey)) expect(scope).toBe('steps');
  });
});

describe('what was pressed', () => {
  it('is read alike on every system', () => {
    expect(shortcutOf(press('z', { ctrlKey: true }))?.id).toBe('undo');
    expect(shortcutOf(press('Z', { metaKey: true, shiftKey: true }))?.id).toBe('redo');
    expect(shortcutOf(press('T', { shiftKey: true }))?.id).toBe('tidy');
    expect(shortcutOf(press('t'))?.id).toBe('testStep');
    expect(shortcutOf(press('q'))).toBeUndefined();
  });

  it('takes signs as they are, however they are typed', () => {
    expect(comboOf(press('+', { shiftKey: true }))).toBe('+');
    expect(comboOf(press('/', { shiftKey: true }))).toBe('/');
    const altGr = { ...press('[', { ctrlKey: true, altKey: true }), getModifierState: () => true };
    expect(comboOf(altGr)).toBe('[');
  });

  it('is shown as it stands on the keyboard', () => {
    expect(keysShown('Mod+Shift+Z', false)).toEqual(['Ctrl', 'Shift', 'Z']);
    expect(keysShown('Mod+Shift+Z', true)).toEqual(['⌘', '⇧', 'Z']);
    expect(keysShown('+', false)).toEqual(['+']);
    expect(keysShown('Alt+ArrowDown', false)).toEqual(['Alt', '↓']);
  });
});
