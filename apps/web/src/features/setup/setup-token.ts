/**
 * The one-time token in what a person pasted: the whole link that the start printed, or the token alone.
 *
 * @returns the empty text when there is none
 */
export function tokenFrom(pasted: string): string {
  const text = pasted.trim();
  if (!URL.canParse(text)) return /\s|\//.test(text) ? '' : text;
  return new URL(text).searchParams.get('token') ?? '';
}
