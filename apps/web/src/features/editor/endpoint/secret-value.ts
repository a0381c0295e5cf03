import type { EndpointSecret } from '@hookloom/contracts';
import type { SecretField } from '../../../api/senders.api.js';

/**
 * The secret as the API takes it: one text for a sender with one field, else an object by field.
 *
 * @returns `undefined` while a field that is needed is empty
 */
export function toSecret(
  fields: readonly SecretField[],
  typed: Readonly<Record<string, string>>,
): EndpointSecret | undefined {
  const textOf = ({ name }: SecretField): string => typed[name] ?? '';
  const [only, ...others] = fields;
  if (!only) return undefined;
  if (others.length === 0) return textOf(only) || undefined;
  if (fields.some((field) => field.optional !== true && textOf(field) === '')) return undefined;
  const filled = fields.filter((field) => textOf(field) !== '');
  return filled.length === 0
    ? undefined
    : Object.fromEntries(filled.map((field) => [field.name, textOf(field)]));
}
