import { SHORTCUTS, type CommandId } from './shortcuts.js';

/** A letter: Shift tells two commands of one letter apart. Of signs it only says how they are typed. */
const LETTER = /^\p{L}$/u;

type Pressed = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'> &
  Partial<Pick<KeyboardEvent, 'getModifierState'>>;

/** What was pressed, written as in {@link SHORTCUTS}. */
export function comboOf(event: Pressed): string {
  // AltGr types signs such as [ on many keyboards; browsers report it as Ctrl and Alt as well.
  const isAltGr = event.getModifierState?.('AltGraph') === true;
  const isSign = event.key.length === 1 && !LETTER.test(event.key);
  return [
    (event.ctrlKey || event.metaKey) && !isAltGr ? 'Mod' : '',
    event.altKey && !isAltGr ? 'Alt' : '',
    event.shiftKey && !isSign ? 'Shift' : '',
    event.key.length === 1 ? event.key.toUpperCase() : event.key,
  ]
    .filter((part) => part !== '')
    .join('+');
}

const byCombo: ReadonlyMap<string, (typeof SHORTCUTS)[number]> = new Map(
  SHORTCUTS.flatMap((shortcut) => shortcut.keys.map((combo) => [combo, shortcut] as const)),
);

/** The command that was pressed; `undefined`: none of ours. */
export function shortcutOf(event: Pressed): { readonly id: CommandId; readonly scope: string } | undefined {
  return byCombo.get(comboOf(event));
}

/** Whether the keys are one sign or letter, without Ctrl or Alt: people who dictate may switch these off. */
export function isSingleKey(combo: string): boolean {
  return combo.replace(/^Shift\+/, '').length === 1;
}

const SHOWN: Readonly<Record<string, string>> = {
  ArrowDown: '↓',
  ArrowUp: '↑',
  ArrowLeft: '←',
  ArrowRight: '→',
  Escape: 'Esc',
  '-': '−',
};
const ON_A_MAC: Readonly<Record<string, string>> = { Mod: '⌘', Alt: '⌥', Shift: '⇧' };

/** The keys of a combination as they stand on a keyboard, to be drawn one by one. */
export function keysShown(combo: string, isMac = /Mac|iP(hone|ad)/.test(navigator.userAgent)): string[] {
  const parts = combo.length === 1 ? [combo] : combo.split('+');
  return parts.map((part) => (isMac ? ON_A_MAC[part] : { Mod: 'Ctrl' }[part]) ?? SHOWN[part] ?? part);
}
