import { z } from 'zod';
import type { Filled, Question } from './wait-pages.js';

/** What a waiting step keeps in the journal about its question. */
const Asked = z.object({
  title: z.string().optional(),
  message: z.string().optional(),
  fields: z
    .array(z.object({ name: z.string(), label: z.string().optional(), required: z.boolean().optional() }))
    .default([]),
});

/** The question as its page shows it. */
export function toQuestion(detail: unknown): Question {
  const asked = Asked.safeParse(detail).data;
  return {
    title: asked?.title ?? 'Approval',
    message: asked?.message,
    fields: (asked?.fields ?? []).map(({ name, label, required }) => ({
      name,
      label: label ?? name,
      isRequired: required === true,
    })),
  };
}

/** The output of an approval. */
export interface Decision {
  readonly approved: boolean;
  /** Who decided, by their own word. */
  readonly by: string;
  readonly comment: string | null;
  readonly fields: Readonly<Record<string, string>>;
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
  const valueOf = (name: string): string => (form.get(name) ?? '').trim().slice(0, MAX_TEXT);
  const approved = form.get('decision') === 'approve';
  const by = valueOf('by');
  const fields = Object.fromEntries(question.fields.map(({ name }) => [name, valueOf(`field.${name}`)]));
  const errors = question.fields
    .filter(({ name, isRequired }) => approved && isRequired && fields[name] === '')
    .map(({ name, label }) => ({ field: `field.${name}`, message: `${label} is missing. Fill it in.` }));
  if (by === '') errors.unshift({ field: 'by', message: 'Say who decides.' });
  const isChosen = approved || form.get('decision') === 'reject';
  if (!isChosen) errors.push({ field: 'comment', message: 'Press Approve or Reject.' });
  if (errors.length > 0) return { ok: false, values: Object.fromEntries(form), errors };
  const comment = valueOf('comment') || null;
  const decidedAt = from.decidedAt.toISOString();
  return { ok: true, decision: { approved, by, comment, fields, decidedAt, address: from.address } };
}
