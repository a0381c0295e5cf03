/** One thing that a person may fill in. */
export interface PageField {
  readonly name: string;
  readonly label: string;
  readonly isRequired: boolean;
}

/** What a person is asked to decide. */
export interface Question {
  readonly title: string;
  readonly message: string | undefined;
  readonly fields: readonly PageField[];
}

/** What was filled in, and what is wrong with it. */
export interface Filled {
  readonly values: Readonly<Record<string, string>>;
  readonly errors: readonly { readonly field: string; readonly message: string }[];
}

const STYLE = `
:root { color-scheme: light dark; --ink: #1b1d21; --soft: #5c6270; --line: #d5d9e0; --ground: #f6f7f9; --sheet: #fff; --yes: #15713c; --no: #a3241d; }
@media (prefers-color-scheme: dark) { :root { --ink: #eceef2; --soft: #a4abb8; --line: #3a3f4a; --ground: #14161a; --sheet: #1d2026; --yes: #2f9e5d; --no: #d4564e; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 34rem; margin: 8vh auto; padding: 2rem; background: var(--sheet); border: 1px solid var(--line); border-radius: 12px; }
h1 { margin: 0 0 .75rem; font-size: 1.375rem; line-height: 1.3; overflow-wrap: anywhere; }
p { margin: 0 0 1rem; white-space: pre-wrap; overflow-wrap: anywhere; }
.soft { color: var(--soft); font-size: .875rem; }
label { display: block; margin: 1rem 0 .25rem; font-weight: 600; }
input, textarea { width: 100%; padding: .625rem .75rem; font: inherit; color: inherit; background: transparent; border: 1px solid var(--soft); border-radius: 8px; }
.error { color: var(--no); margin: .25rem 0 0; }
.ways { display: flex; gap: .75rem; margin-top: 1.5rem; }
button { flex: 1; min-height: 44px; font: inherit; font-weight: 600; border-radius: 8px; border: 1px solid transparent; color: #fff; background: var(--yes); cursor: pointer; }
button[value="reject"] { background: transparent; color: var(--no); border-color: var(--no); }
:focus-visible { outline: 3px solid #4c7ef3; outline-offset: 2px; }
`;

const NAME: PageField = { name: 'by', label: 'Your name', isRequired: true };
const COMMENT: PageField = { name: 'comment', label: 'Comment (optional)', isRequired: false };

/** The page that asks. Works without scripts; opening it decides nothing. */
export function questionPage(question: Question, filled: Filled = { values: {}, errors: [] }): string {
  const { title, message, fields } = question;
  const inputs = [NAME, ...fields.map((field) => ({ ...field, name: `field.${field.name}` })), COMMENT];
  const wrong =
    filled.errors.length > 0 ? '<p class="error" role="alert">Please look at the fields below.</p>' : '';
  return page(
    title,
    `${message === undefined ? '' : `<p>${escaped(message)}</p>`}${wrong}
<form method="post">
${inputs.map((field) => input(field, filled)).join('\n')}
<div class="ways"><button name="decision" value="approve">Approve</button><button name="decision" value="reject" formnovalidate>Reject</button></div>
</form>`,
  );
}

/** A page that only says something. `refreshSeconds`: it looks again by itself. */
export function messagePage(title: string, message: string, refreshSeconds?: number): string {
  return page(title, `<p>${escaped(message)}</p>`, refreshSeconds);
}

function input({ name, label, isRequired }: PageField, { values, errors }: Filled): string {
  const id = `f-${escaped(name)}`;
  const error = errors.find(({ field }) => field === name);
  const told = error ? ` aria-invalid="true" aria-describedby="${id}-error"` : '';
  const required = isRequired ? ' required' : '';
  const autocomplete = name === 'by' ? ' autocomplete="name"' : '';
  const message = error ? `<p class="error" id="${id}-error">${escaped(error.message)}</p>` : '';
  return `<label for="${id}">${escaped(label)}</label>
<input id="${id}" name="${escaped(name)}" value="${escaped(values[name] ?? '')}" maxlength="4000"${required}${autocomplete}${told}>${message}`;
}

function page(title: string, content: string, refreshSeconds?: number): string {
  const refresh =
    refreshSeconds === undefined ? '' : `<meta http-equiv="refresh" content="${refreshSeconds}">`;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">${refresh}<title>${escaped(title)}</title><style>${STYLE}</style></head>
<body><main><h1>${escaped(title)}</h1>${content}</main></body></html>`;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? character);
}
