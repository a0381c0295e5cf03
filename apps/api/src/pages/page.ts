import { createHash } from 'node:crypto';

const STYLE = `
:root { color-scheme: light dark; --ink: #16211d; --soft: #55615b; --line: #d9ddd8; --edge: #818b84; --ground: #f6f7f5; --sheet: #fff; --yes: #1b7340; --on-yes: #fff; --go: #0b6476; --on-go: #fff; --no: #b42318; --note: #fbf0d9; --note-ink: #855400; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8eeeb; --soft: #9daba6; --line: #2e3936; --edge: #74827d; --ground: #0f1413; --sheet: #171e1c; --yes: #5bc98a; --on-yes: #0b2416; --go: #5cc8dc; --on-go: #06282f; --no: #ff8a7a; --note: #33270d; --note-ink: #e5b454; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 34rem; margin: 8vh auto; padding: 2rem; background: var(--sheet); border: 1px solid var(--line); border-radius: 12px; }
@media (max-width: 36rem) { main { margin: 0; min-height: 100vh; padding: 1.25rem; border: 0; border-radius: 0; } }
h1 { margin: 0 0 .75rem; font-size: 1.375rem; line-height: 1.3; overflow-wrap: anywhere; }
h1:last-child, p:last-child { margin-bottom: 0; }
p { margin: 0 0 1rem; white-space: pre-wrap; overflow-wrap: anywhere; }
.note { padding: .625rem .75rem; border-radius: 8px; background: var(--note); color: var(--note-ink); font-size: .9375rem; }
.field { margin-top: 1.25rem; }
fieldset.field { padding: 0; border: 0; min-width: 0; margin-inline: 0; }
label, legend { display: block; margin-bottom: .25rem; padding: 0; font-weight: 600; overflow-wrap: anywhere; }
.optional, .help { color: var(--soft); font-size: .875rem; font-weight: 400; }
.help { margin: .25rem 0 0; }
input, textarea, select { width: 100%; min-height: 44px; padding: .625rem .75rem; font: inherit; color: inherit; background: var(--sheet); border: 1px solid var(--edge); border-radius: 8px; }
textarea { display: block; min-height: 8rem; resize: vertical; }
input[type=file] { padding: .5rem; }
.tick { display: flex; align-items: flex-start; gap: .625rem; margin: 0; padding: .625rem 0; font-weight: 400; }
.tick input { flex: none; width: 1.25rem; min-height: 0; height: 1.25rem; margin: .125rem 0 0; accent-color: var(--go); }
[aria-invalid=true] { border-color: var(--no); border-width: 2px; }
.error { color: var(--no); margin: .25rem 0 0; font-size: .9375rem; }
.errors { padding: .75rem 1rem; border: 2px solid var(--no); border-radius: 8px; }
.errors p { margin: 0; font-weight: 600; }
.errors ul { margin: .375rem 0 0; padding-left: 1.25rem; }
a { color: inherit; }
.ways { display: flex; gap: .75rem; margin-top: 1.75rem; }
button { flex: 1; min-height: 44px; padding: .5rem 1rem; font: inherit; font-weight: 600; border-radius: 8px; border: 1px solid transparent; color: var(--on-go); background: var(--go); cursor: pointer; }
button:hover { filter: brightness(1.08); }
button[value="approve"] { color: var(--on-yes); background: var(--yes); }
button[value="reject"] { background: transparent; color: var(--no); border-color: var(--no); }
input[type=file]::file-selector-button { margin-right: .75rem; padding: .25rem .75rem; font: inherit; color: inherit; background: var(--ground); border: 1px solid var(--line); border-radius: 6px; }
:focus-visible, .errors:focus { outline: 3px solid var(--go); outline-offset: 2px; }
`;

const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

/**
 * What browsers may do with pages that hold a person's own texts: no script, no other origin, in nobody's frame; a form
 * may only come back here, and be led on to `goesTo`.
 */
export function pagePolicy(goesTo?: string): string {
  const targets = goesTo === undefined ? "'self'" : `'self' ${new URL(goesTo).origin}`;
  return `sandbox allow-forms allow-same-origin; default-src 'none'; img-src data:; style-src 'sha256-${STYLE_HASH}'; base-uri 'none'; form-action ${targets}; frame-ancestors 'none'`;
}

/** The product's sign, within the page: it may ask for nothing else. */
const SIGN =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="#0B8299" stroke-width="2.5" stroke-linecap="round"><path d="M6 3v18M18 3v5M18 16v5"/><path d="M6 12h6.5a5.5 5.5 0 0 1 5.5 0"/><path d="M12 3v5M12 16v1a4 4 0 0 0 6-1"/></svg>';
const ICON = `<link rel="icon" type="image/svg+xml" href="data:image/svg+xml,${encodeURIComponent(SIGN)}">`;

/**
 * A whole page. `content` is HTML: all texts in it are escaped.
 *
 * @param state what happened, before the title in the tab: it is read out first when a page comes again
 */
export function page(title: string, content: string, state?: string): string {
  const name = state === undefined ? title : `${state}: ${title}`;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">${ICON}<title>${escaped(name)}</title><style>${STYLE}</style></head>
<body><main><h1>${escaped(title)}</h1>${content}</main></body></html>`;
}

/** A page that only says something. */
export function messagePage(title: string, message: string): string {
  return page(title, `<p>${escaped(message)}</p>`);
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text that stands for itself in HTML, between tags and in attributes. */
export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? character);
}
