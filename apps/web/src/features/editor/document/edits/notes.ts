import { z } from 'zod';
import { withDefinition, type Draft, type Point } from '../draft.js';

/** A remark on the canvas. Notes of another shape are kept as they are and not shown. */
export const Note = z.looseObject({ id: z.string(), x: z.number(), y: z.number(), text: z.string() });
export type Note = z.infer<typeof Note>;

export function notesOf(draft: Draft): Note[] {
  return allNotes(draft).flatMap((note) => Note.safeParse(note).data ?? []);
}

export function addNote(draft: Draft, { id, text, at }: { id: string; text: string; at: Point }): Draft {
  if (notesOf(draft).some((note) => note.id === id)) return draft;
  return withNotes(draft, [...allNotes(draft), { id, x: at.x, y: at.y, text }]);
}

export function changeNote(
  draft: Draft,
  id: string,
  change: { text?: string; x?: number; y?: number },
): Draft {
  return withNotes(
    draft,
    allNotes(draft).map((each) => {
      const note = Note.safeParse(each).data;
      return note?.id === id ? { ...note, ...change } : each;
    }),
  );
}

export function deleteNote(draft: Draft, id: string): Draft {
  return withNotes(
    draft,
    allNotes(draft).filter((each) => Note.safeParse(each).data?.id !== id),
  );
}

function allNotes(draft: Draft): readonly unknown[] {
  return draft.definition.layout?.notes ?? [];
}

function withNotes(draft: Draft, notes: unknown[]): Draft {
  return withDefinition(draft, { layout: { ...draft.definition.layout, notes } });
}
