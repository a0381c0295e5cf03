/** Why a body cannot be read. */
export type UnreadableReason = 'encoding' | 'json' | 'json_depth' | 'form' | 'xml' | 'multipart';

/** A body as a value, or why not: `message` is a sentence for a person and holds nothing of the body. */
export type BodyReading =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly reason: UnreadableReason; readonly message: string };

export function readable(value: unknown): BodyReading {
  return { ok: true, value };
}

export function unreadable(reason: UnreadableReason, message: string): BodyReading {
  return { ok: false, reason, message };
}
