import { z } from 'zod';

const Message = z.looseObject({
  headers: z.record(z.string(), z.unknown()).optional(),
  body: z.unknown().optional(),
});

/** What an HTTP step sent and what was answered, as its attempt keeps it (redacted). */
export const Exchange = z.object({
  request: Message.extend({ method: z.string(), url: z.string() }),
  response: Message.extend({ status: z.int() }).optional(),
});
export type Exchange = z.infer<typeof Exchange>;

/** The exchange in an attempt's detail; `undefined` where the step keeps something else. */
export function exchangeOf(detail: unknown): Exchange | undefined {
  const parsed = Exchange.safeParse(detail);
  return parsed.success ? parsed.data : undefined;
}

/** A body as a value where it is JSON, else as it stands. */
export function readBody(body: unknown): unknown {
  if (typeof body !== 'string') return body;
  try {
    const value: unknown = JSON.parse(body);
    return value;
  } catch {
    return body;
  }
}
