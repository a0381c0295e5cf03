import { z } from 'zod';

/** A body that is kept by reference; `ref` names where its bytes are. */
const Binary = z.object({ contentType: z.string(), size: z.number(), ref: z.string() });

/** The id of the event whose exact bytes a reference stands for; `undefined` for any other value. */
export function binaryEventId(value: unknown): string | undefined {
  const read = Binary.safeParse(value);
  return read.success ? /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/.exec(read.data.ref)?.[0] : undefined;
}
