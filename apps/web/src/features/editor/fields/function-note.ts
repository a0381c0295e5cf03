import { hoverTooltip, type Tooltip } from '@codemirror/view';
import { findJsonataFunction, signatureOf, type JsonataFunction } from './jsonata-functions.js';
import { openExpressionAt } from './template-spans.js';

/** A function's signature, what it does and an example, as elements. */
export function functionNote(about: JsonataFunction): HTMLElement {
  const note = document.createElement('div');
  note.className = 'function-note';
  const lines = [
    ['signature', signatureOf(about)],
    ['does', about.does],
    ['example', `${about.example} → ${about.gives}`],
  ] as const;
  for (const [className, text] of lines) {
    const line = document.createElement('span');
    line.className = className;
    line.textContent = text;
    note.append(line);
  }
  return note;
}

/** Where a function's name stands around a place of a text. */
export function functionNameAt(
  text: string,
  at: number,
): { readonly from: number; readonly to: number; readonly about: JsonataFunction } | undefined {
  for (const found of text.matchAll(/\$([\p{L}\p{N}_]+)/gu)) {
    const to = found.index + found[0].length;
    if (at < found.index || at > to) continue;
    const about = findJsonataFunction(found[1] ?? '');
    return about && { from: found.index, to, about };
  }
  return undefined;
}

/** The note of the function under the pointer; in a text with `{{ }}` only between the braces. */
export function functionHover({ isTemplate }: { readonly isTemplate: boolean }) {
  return hoverTooltip((view, at): Tooltip | null => {
    const text = view.state.doc.toString();
    const found = functionNameAt(text, at);
    if (!found || (isTemplate && openExpressionAt(text, found.from) === undefined)) return null;
    return {
      pos: found.from,
      end: found.to,
      above: true,
      create: () => ({ dom: functionNote(found.about) }),
    };
  });
}
