/** Texts by key; a branch groups the texts of one part of a screen. */
export interface Messages {
  [key: string]: string | Messages;
}

const FILES = import.meta.glob<Messages>('../**/en.json', { eager: true, import: 'default' });

/** Each folder keeps its own English texts beside it, in `en.json`; together they are one tree. */
export const en = mergeMessages(Object.entries(FILES));

/** @throws when two files give the same text */
export function mergeMessages(files: readonly (readonly [file: string, messages: Messages])[]): Messages {
  return files.reduce<Messages>((whole, [file, messages]) => join(whole, messages, file), {});
}

function join(whole: Messages, part: Messages, file: string): Messages {
  const joined = { ...whole };
  for (const [key, message] of Object.entries(part)) {
    const known = joined[key];
    if (known === undefined) joined[key] = message;
    else if (typeof known === 'string' || typeof message === 'string')
      throw new Error(`${file} gives "${key}" a second time.`);
    else joined[key] = join(known, message, file);
  }
  return joined;
}
