/** What the drawer of versions shows: the list, one version on the canvas, or two of them compared. */
export type ShownVersions =
  | { readonly kind: 'closed' | 'list' }
  | { readonly kind: 'preview'; readonly version: number }
  | { readonly kind: 'compare'; readonly before: Side; readonly after: Side };

/** One side of a comparison. */
export type Side = number | 'draft';

const LIST = 'list';
const NUMBER = /^[1-9]\d{0,8}$/;

/** Reads what `toUrlText` wrote; anything else shows the list. */
export function fromUrlText(text: string): ShownVersions {
  if (text === '') return { kind: 'closed' };
  if (NUMBER.test(text)) return { kind: 'preview', version: Number(text) };
  const [before, after, ...rest] = text.split('..').map(toSide);
  if (before === undefined || after === undefined || rest.length > 0) return { kind: 'list' };
  return { kind: 'compare', before, after };
}

/** The state of the drawer as it stands in the page's address. */
export function toUrlText(shown: ShownVersions): string {
  if (shown.kind === 'preview') return String(shown.version);
  if (shown.kind === 'compare') return `${shown.before}..${shown.after}`;
  return shown.kind === 'list' ? LIST : '';
}

/** Two sides, the older one first; the draft is the newest. */
export function inOrder(one: Side, other: Side): { readonly before: Side; readonly after: Side } {
  const isOlder = one !== 'draft' && (other === 'draft' || one < other);
  return isOlder ? { before: one, after: other } : { before: other, after: one };
}

function toSide(text: string): Side | undefined {
  if (text === 'draft') return 'draft';
  return NUMBER.test(text) ? Number(text) : undefined;
}
