import { ConfigurationError } from '@hookloom/step-kit';

/**
 * Reads recipients: a text with commas between addresses, or a list of one address each.
 *
 * @param field the field's title, for the sentence of the error
 * @throws ConfigurationError for anything but plain addresses. What stands between them decides who gets the mail,
 *   so names, quotes and comments are refused instead of read (reliability rule 39).
 */
export function parseRecipients(given: string | readonly string[] | undefined, field: string): string[] {
  const parts = typeof given === 'string' ? given.split(',') : (given ?? []);
  return parts
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => {
      if (isPlainAddress(part)) return part;
      throw new ConfigurationError(
        `${field}: “${shorten(part)}” is no plain e-mail address. Write addresses such as ana@example.com, with commas between them.`,
        { code: 'invalid_address' },
      );
    });
}

/** One address without a name, quotes, comments or control characters. */
export function isPlainAddress(text: string): boolean {
  return text.length <= 320 && /^[^\s"'(),:;<>@[\\\]\p{C}]+@[^\s"'(),:;<>@[\\\]\p{C}]+$/u.test(text);
}

/** The domain of `ana@example.com` or `Ana <ana@example.com>`; `hookloom.invalid` when there is none. */
export function domainOf(from: string): string {
  return /@([a-z0-9.-]+)>?\s*$/i.exec(from)?.[1]?.toLowerCase() ?? 'hookloom.invalid';
}

function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
