/** The operating system's words for "you may not". */
const NO_RIGHT = new Set(['EACCES', 'EPERM', 'EROFS']);

/** Expected faults carry a code and a sentence for a person; anything else shows where it came from. */
export function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (!('code' in error)) return error.stack ?? error.message;
  if (typeof error.code !== 'string' || !NO_RIGHT.has(error.code)) return error.message;
  return (
    `Hookloom cannot start: the user it runs as has no right to a folder or port that it needs (${error.message}). ` +
    'Give that user the right, or set HOOKLOOM_DATA_DIR to a folder of its own.'
  );
}
