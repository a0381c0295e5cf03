import type { AcceptedEvent } from '@hookloom/persistence';
import { errorSummary, formField, TO_ERRORS, unfilled, type Filled } from '../pages/form-fields.js';
import { escaped, page } from '../pages/page.js';
import type { Form } from './form.js';
import { SUBMISSION } from './submission.js';

/** Nothing is lost at a form that is not live; whoever fills it in may know. */
const NOTES = {
  captured: 'This form is not switched on yet. What you send is kept, but nobody may be looking at it.',
  held: 'This form is paused. What you send is kept and dealt with later.',
  accepted: undefined,
} as const;

/** What becomes of what is sent now. */
export type FormState = AcceptedEvent['status'];

/**
 * The page to fill in. Works without scripts.
 *
 * @param submission what tells this opening of the page from another
 */
export function formPage(
  form: Form,
  {
    state,
    submission,
    filled = unfilled(form.fields),
  }: { state: FormState; submission: string; filled?: Filled },
): string {
  const { title, text, fields, button, redirect } = form;
  const note = NOTES[state];
  const encoding = fields.some(({ type }) => type === 'file') ? ' enctype="multipart/form-data"' : '';
  // A browser that is led on takes the place within the page along.
  const action = redirect === undefined ? ` action="${TO_ERRORS}"` : '';
  return page(
    title,
    `${text === undefined ? '' : `<p>${escaped(text)}</p>`}${note === undefined ? '' : `<p class="note">${note}</p>`}${errorSummary(fields, filled)}
<form method="post"${action}${encoding}>
<input type="hidden" name="${SUBMISSION}" value="${escaped(submission)}" autocomplete="off">
${fields.map((field) => formField(field, filled)).join('\n')}
<div class="ways"><button>${escaped(button)}</button></div>
</form>`,
    filled.errors.length > 0 ? 'Not sent yet' : undefined,
  );
}

/** The page after sending. */
export function thanksPage({ title, thanks }: Form, state: FormState): string {
  const note = NOTES[state];
  return page(
    title,
    `<p role="status">${escaped(thanks)}</p>${note === undefined ? '' : `<p class="note">${note}</p>`}<p><a href="">Fill in another one</a></p>`,
    'Sent',
  );
}
