import { readFormFields, readFormValues, type FormField, type GivenValues } from '@hookloom/contracts';
import { z } from 'zod';
import type { Filled } from '../pages/form-fields.js';
import { readTexts, toGiven } from '../pages/given-values.js';
import { PREFIX, type Question } from './question-page.js';

/** What a waiting step keeps in the journal about its question. */
const Asked = z.object({
  title: z.string().optional(),
  message: z.string().optional(),
  fields: z.unknown().optional(),
});

/** The question as its page shows it. */
export function toQuestion(detail: unknown): Question {
  const asked = Asked.safeParse(detail).data;
  return {
    title: asked?.title ?? 'Approval',
    message: asked?.message,
    fields: readFormFields(asked?.fields),
  };
}

/** The output of an approval. */
export interface Decision {
  readonly approved: boolean;
  /** Who decided, by their own word. */
  readonly by: string;
  readonly comment: string | null;
  /** Each of its field's own type; null: left empty. */
  readonly fields: Readonly<Record<string, unknown>>;
  readonly decidedAt: string;
  /** Where the decision came from. */
  readonly address: string;
}

type Read = { readonly ok: true; readonly decision: Decision } | ({ readonly ok: false } & Filled);

const MAX_TEXT = 4_000;

/** Reads a filled-in page. Who rejects need not fill in the fields. */
export function readDecision(
  question: Question,
  form: URLSearchParams,
  from: { readonly decidedAt: Date; readonly address: string },
): Read {
  const textOf = (name: string): string => (form.get(name) ?? '').trim().slice(0, MAX_TEXT);
  const texts = readTexts(form);
  const given = toGiven(question.fields, texts, PREFIX);
  const approved = form.get('decision') === 'approve';
  const by = textOf('by');
  const reading = approved
    ? readFormValues(question.fields, given)
    : { ok: true as const, values: whatFits(question.fields, given) };
  const errors = reading.ok ? [] : reading.errors.map((one) => ({ ...one, field: PREFIX + one.field }));
  if (by === '') errors.unshift({ field: 'by', message: 'Your name is missing. Fill it in.' });
  const isChosen = approved || form.get('decision') === 'reject';
  if (!isChosen) errors.push({ field: 'decision', message: 'Press Approve or Reject.' });
  if (errors.length > 0 || !reading.ok) return { ok: false, values: Object.fromEntries(texts), errors };
  const comment = textOf('comment') || null;
  const decidedAt = from.decidedAt.toISOString();
  const fields = reading.values;
  return { ok: true, decision: { approved, by, comment, fields, decidedAt, address: from.address } };
}

/** What does not fit its field says nothing. */
function whatFits(fields: readonly FormField[], given: GivenValues): Record<string, unknown> {
  const values = fields.map((field): [string, unknown] => {
    const reading = readFormValues([{ ...field, required: false }], given);
    return [field.name, reading.ok ? reading.values[field.name] : null];
  });
  return Object.fromEntries(values);
}
