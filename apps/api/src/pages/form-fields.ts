import { labelOf, startingValues, type FormError, type FormField } from '@hookloom/contracts';
import { escaped } from './page.js';

/** What was filled in as it came, by the name of the input, and what is wrong with it. */
export interface Filled {
  readonly values: Readonly<Record<string, string | readonly string[]>>;
  /** `field`: the name of the input. */
  readonly errors: readonly FormError[];
}

/** A form as it is opened. */
export function unfilled(fields: readonly FormField[]): Filled {
  return { values: startingValues(fields), errors: [] };
}

interface Drawn {
  readonly field: FormField;
  readonly id: string;
  readonly given: readonly string[];
  readonly error: string | undefined;
  /** `aria-*` and `required`. */
  readonly told: string;
}

/** One field with its label, help and error, usable without scripts. */
export function formField(field: FormField, { values, errors }: Filled): string {
  const id = idOf(field.name);
  const error = errors.find((one) => one.field === field.name)?.message;
  const drawn = { field, id, given: [values[field.name] ?? []].flat(), error, told: told(field, id, error) };
  if (field.type === 'several') return severalField(drawn);
  if (field.type === 'checkbox') return `<div class="field">${tickbox(drawn)}${below(drawn)}</div>`;
  return `<div class="field"><label for="${id}">${labelHtml(field)}</label>\n${control(drawn)}${below(drawn)}</div>`;
}

/** Where a form leads to, so that what is wrong has the focus: a page without scripts cannot move it otherwise. */
export const TO_ERRORS = '#errors';

/** What is wrong, before the form, with a link to each field. */
export function errorSummary(fields: readonly FormField[], { errors }: Filled): string {
  if (errors.length === 0) return '';
  const names = new Set(fields.map(({ name }) => name));
  const lines = errors.map(({ field, message }) =>
    names.has(field)
      ? `<li><a href="#${idOf(field)}">${escaped(message)}</a></li>`
      : `<li>${escaped(message)}</li>`,
  );
  return `<div class="errors" id="errors" role="alert" tabindex="-1"><p>Please look at this again:</p><ul>${lines.join('')}</ul></div>`;
}

function idOf(name: string): string {
  return `f-${escaped(name)}`;
}

function told({ help, required, type }: FormField, id: string, error: string | undefined): string {
  const described = [error === undefined ? '' : `${id}-error`, help ? `${id}-help` : '']
    .filter((one) => one !== '')
    .join(' ');
  return [
    required && type !== 'several' ? ' required' : '',
    error === undefined ? '' : ' aria-invalid="true"',
    described === '' ? '' : ` aria-describedby="${described}"`,
  ].join('');
}

function labelHtml(field: FormField): string {
  const label = escaped(labelOf(field));
  return field.required || field.type === 'checkbox'
    ? label
    : `${label} <span class="optional">(optional)</span>`;
}

function below({ field, id, error }: Drawn): string {
  const message = error === undefined ? '' : `<p class="error" id="${id}-error">${escaped(error)}</p>`;
  return field.help ? `${message}<p class="help" id="${id}-help">${escaped(field.help)}</p>` : message;
}

function control({ field, id, given, told: attributes }: Drawn): string {
  const name = escaped(field.name);
  const value = escaped(given[0] ?? '');
  const named = `id="${id}" name="${name}"${attributes}`;
  switch (field.type) {
    case 'longText':
      // A line break just after the tag is dropped by browsers, so one is written for them.
      return `<textarea ${named} maxlength="100000">\n${value}</textarea>`;
    case 'choice':
      return `<select ${named}><option value=""></option>${(field.options ?? []).map((option) => optionHtml(option, given)).join('')}</select>`;
    case 'file':
      return `<input type="file" ${named}${field.accept ? ` accept="${escaped(field.accept)}"` : ''}>`;
    case 'number':
      return `<input type="number" step="any" inputmode="decimal" ${named} value="${value}">`;
    case 'email':
      return `<input type="email" autocomplete="email" ${named} value="${value}" maxlength="320">`;
    case 'date':
      return `<input type="date" ${named} value="${value}">`;
    default:
      return `<input type="text" ${named} value="${value}" maxlength="4000"${field.name === 'by' ? ' autocomplete="name"' : ''}>`;
  }
}

function optionHtml(option: string, given: readonly string[]): string {
  const text = escaped(option);
  return `<option value="${text}"${given.includes(option) ? ' selected' : ''}>${text}</option>`;
}

function tickbox({ field, id, given, told: attributes }: Drawn): string {
  const checked = given.length > 0 ? ' checked' : '';
  const name = escaped(field.name);
  return `<label class="tick" for="${id}"><input type="checkbox" id="${id}" name="${name}" value="on"${checked}${attributes}><span>${labelHtml(field)}</span></label>`;
}

function severalField(drawn: Drawn): string {
  const { field, id, given, told: attributes } = drawn;
  const name = escaped(field.name);
  const ticks = (field.options ?? []).map((option, at) => {
    const own = at === 0 ? id : `${id}-${at}`;
    const checked = given.includes(option) ? ' checked' : '';
    return `<label class="tick" for="${own}"><input type="checkbox" id="${own}" name="${name}" value="${escaped(option)}"${checked}><span>${escaped(option)}</span></label>`;
  });
  const said = attributes.replace(' aria-invalid="true"', '');
  return `<fieldset class="field"${said}><legend>${labelHtml(field)}</legend>\n${ticks.join('\n')}${below(drawn)}</fieldset>`;
}
