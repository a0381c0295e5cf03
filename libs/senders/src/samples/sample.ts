import { z } from 'zod';

const Json = z.json();
const Text = z.string();

const common = {
  /** Unique within its sender: the event type, or a few words where there is none. */
  name: z.string().min(1).max(100),
  /** What the catalogue's rule reads as the event type, where that is not the name. */
  type: Text.optional(),
  /** Beside those that signing adds; names in lower case. */
  headers: z.record(Text, Text).optional(),
};

/**
 * One delivery as a sender makes it, before it is signed. The shape follows the sender's public documentation;
 * all values are made up and stand for nobody. A body is JSON, the fields of a URL-encoded form, or a text.
 */
export const Sample = z.union([
  z.strictObject({ ...common, json: Json }),
  z.strictObject({ ...common, form: z.record(Text, Text) }),
  z.strictObject({ ...common, text: Text }),
]);
export type Sample = z.infer<typeof Sample>;

/** Samples by the id of their sender. */
export type SenderSamples = Readonly<Record<string, readonly Sample[]>>;

/** A request body and its headers, unsigned. */
export interface UnsignedDelivery {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The sample as it goes over the wire; `content-type` follows the kind of body unless the sample names one. */
export function toUnsigned(sample: Sample): UnsignedDelivery {
  const headers = (type: string) => ({ 'content-type': type, ...sample.headers });
  if ('json' in sample) return { headers: headers('application/json'), body: JSON.stringify(sample.json) };
  if ('form' in sample) {
    const body = new URLSearchParams(sample.form).toString();
    return { headers: headers('application/x-www-form-urlencoded'), body };
  }
  return { headers: headers('text/plain'), body: sample.text };
}
