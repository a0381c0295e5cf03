/** Characters that have a meaning around addresses, and all that cannot be seen. */
const PART = String.raw`[^\s"'(),:;<>@[\\\]\p{C}]+`;
const PLAIN = new RegExp(`^${PART}@${PART}$`, 'u');

/** A sender: who the mail says it is from. */
export interface MailSender {
  readonly name: string;
  readonly address: string;
}

/** One address without a name, quotes, comments or control characters (reliability rule 39). */
export function isPlainAddress(text: string): boolean {
  return text.length <= 320 && PLAIN.test(text);
}

/** Reads `ana@example.com` or `Ana <ana@example.com>`, the name with or without quotes; `undefined` for anything else. */
export function parseSender(text: string): MailSender | undefined {
  const plain = text.trim();
  if (isPlainAddress(plain)) return { name: '', address: plain };
  const [, name = '', address = ''] = /^([^<>\p{C}]*)<([^<>]+)>$/u.exec(plain) ?? [];
  if (!isPlainAddress(address)) return undefined;
  return { name: name.trim().replace(/^"(.*)"$/, '$1'), address };
}
