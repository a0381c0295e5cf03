/** More than this is not laid out as text; the download has it whole. */
const MOST_CHARACTERS = 200_000;

/** The bytes as text, cut where it grows too long to show; `undefined` for what is no UTF-8 text. */
export function readableText(
  bytes: Uint8Array,
): { readonly text: string; readonly isCut: boolean } | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return { text: text.slice(0, MOST_CHARACTERS), isCut: text.length > MOST_CHARACTERS };
  } catch {
    return undefined;
  }
}
