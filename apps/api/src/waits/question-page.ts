import type { FormField } from '@hookloom/contracts';
import { errorSummary, formField, TO_ERRORS, unfilled, type Filled } from '../pages/form-fields.js';
import { escaped, page } from '../pages/page.js';

/** What a person is asked to decide. */
export interface Question {
  readonly title: string;
  readonly message: string | undefined;
  /** Their inputs are named with `PREFIX`. */
  readonly fields: readonly FormField[];
}

/** Before the names of a question's own fields: none of them is taken for “by” or “comment”. */
export const PREFIX = 'field.';

const NAME: FormField = { name: 'by', label: 'Your name', required: true };
const COMMENT: FormField = { name: 'comment', label: 'Comment', type: 'longText' };

/** The page that asks. Works without scripts; opening it decides nothing. */
export function questionPage({ title, message, fields }: Question, given?: Filled): string {
  const inputs = [NAME, ...fields.map((field) => ({ ...field, name: PREFIX + field.name })), COMMENT];
  const filled = given ?? unfilled(inputs);
  return page(
    title,
    `${message === undefined ? '' : `<p>${escaped(message)}</p>`}${errorSummary(inputs, filled)}
<form method="post" action="${TO_ERRORS}">
${inputs.map((field) => formField(field, filled)).join('\n')}
<div class="ways"><button name="decision" value="approve">Approve</button><button name="decision" value="reject" formnovalidate>Reject</button></div>
</form>`,
    filled.errors.length > 0 ? 'Not decided yet' : undefined,
  );
}
