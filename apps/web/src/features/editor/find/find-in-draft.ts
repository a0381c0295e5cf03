import type { Draft } from '../document/draft.js';
import { notesOf } from '../document/edits/notes.js';
import type { StepRow } from '../useStepRows.js';

/** A place where the searched words stand. */
export type Hit =
  | { readonly kind: 'name' | 'id' | 'type' | 'notes'; readonly stepId: string; readonly text: string }
  | {
      readonly kind: 'field';
      readonly stepId: string;
      /** Dot path inside the step's settings. */
      readonly path: string;
      readonly text: string;
    }
  | { readonly kind: 'note'; readonly noteId: string; readonly text: string };

/** Everything in a workflow that holds the words, in the order the steps run; notes on the canvas come last. */
export function findInDraft(draft: Draft, rows: readonly StepRow[], words: string): Hit[] {
  const wanted = words.trim().toLocaleLowerCase();
  if (wanted === '') return [];
  const hits = [
    ...rows.flatMap(placesOf),
    ...notesOf(draft).map(({ id, text }): Hit => ({ kind: 'note', noteId: id, text })),
  ];
  return hits.filter(({ text }) => text.toLocaleLowerCase().includes(wanted));
}

function placesOf({ id: stepId, name, title, step }: StepRow): Hit[] {
  return [
    { kind: 'name', stepId, text: name },
    ...(name === stepId ? [] : [{ kind: 'id', stepId, text: stepId } as const]),
    ...(name === title ? [] : [{ kind: 'type', stepId, text: title } as const]),
    { kind: 'notes', stepId, text: step.notes ?? '' },
    ...textsWithin(step.config).map(([path, text]): Hit => ({
      kind: 'field',
      stepId,
      path: path.join('.'),
      text,
    })),
  ];
}

function textsWithin(value: unknown, path: readonly string[] = []): (readonly [string[], string])[] {
  if (typeof value === 'string') return [[[...path], value]];
  if (typeof value === 'number' || typeof value === 'boolean') return [[[...path], String(value)]];
  if (typeof value !== 'object' || value === null) return [];
  // The names of fields are the step type's; keys below them are what people wrote.
  const isOwn = path.length > 0 && !Array.isArray(value);
  return Object.entries(value).flatMap(([key, inner]) => {
    const below = [...path, key];
    return [...(isOwn ? [[below, key] as const] : []), ...textsWithin(inner, below)];
  });
}
