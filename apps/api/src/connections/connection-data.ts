import { CONNECTION_TYPES, isConnectionType } from '@hookloom/contracts';
import { invalid } from '@hookloom/server-kit';
import { z } from 'zod';
import { checkInput } from '../http/schema.pipe.js';

const Stored = z.record(z.string(), z.unknown());
/** A line break inside would end a header or a mail command early; the other control characters mean nothing there. */
// oxlint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u001f\u007f]/;

/**
 * What is stored of given data. Blanks and line breaks around a text come from copying and are dropped.
 *
 * @throws ProblemError 422 for an unknown type, a field that does not fit, or a control character inside a text
 */
export function checkData(type: string, data: Readonly<Record<string, unknown>>): unknown {
  if (!isConnectionType(type)) {
    const known = Object.keys(CONNECTION_TYPES).join(', ');
    throw invalid([{ path: 'type', message: `There is no such type of connection. Known are ${known}.` }]);
  }
  const trimmed = Object.fromEntries(Object.entries(data).map(([field, value]) => [field, trim(value)]));
  const broken = Object.entries(trimmed).filter(
    ([, value]) => typeof value === 'string' && CONTROL.test(value),
  );
  if (broken.length > 0) {
    const message = 'A line break or control character is inside. Paste it again without.';
    throw invalid(broken.map(([field]) => ({ path: `data.${field}`, message })));
  }
  return checkInput<unknown>(CONNECTION_TYPES[type], trimmed, 'data');
}

/** Stored data with some fields changed; `null` takes one away. @throws as `checkData` */
export function changeData(
  type: string,
  stored: unknown,
  change: Readonly<Record<string, unknown>>,
): unknown {
  const whole = { ...Stored.parse(stored), ...change };
  return checkData(type, Object.fromEntries(Object.entries(whole).filter(([, value]) => value !== null)));
}

function trim(value: unknown): unknown {
  return typeof value === 'string' ? value.trim() : value;
}
