const MOST_BYTES = 1024 * 1024;

export type JsonReading =
  | { readonly ok: true; readonly value: unknown }
  | {
      readonly ok: false;
      readonly reason: 'empty' | 'large' | 'syntax' | 'syntaxAt';
      readonly line?: number;
    };

/** JSON text as a person wrote it; says on which line (from 1) it stops being JSON, where that is known. */
export function readJsonText(text: string): JsonReading {
  if (text.trim() === '') return { ok: false, reason: 'empty' };
  if (new TextEncoder().encode(text).length > MOST_BYTES) return { ok: false, reason: 'large' };
  try {
    const value: unknown = JSON.parse(text);
    return { ok: true, value };
  } catch (error) {
    const at = /position (\d+)/.exec(error instanceof Error ? error.message : '')?.[1];
    if (at === undefined) return { ok: false, reason: 'syntax' };
    return { ok: false, reason: 'syntaxAt', line: text.slice(0, Number(at)).split('\n').length };
  }
}
