import { ConfigurationError, isPlainAddress, parseSender } from '@hookloom/step-kit';

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

/** The domain that a Message-ID is made in: the sender's, or one that can exist nowhere. */
export function domainOf(from: string): string {
  const domain = parseSender(from)?.address.split('@')[1] ?? '';
  return /^[a-z0-9.-]+$/i.test(domain) ? domain.toLowerCase() : 'hookloom.invalid';
}

function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
