import { parsePlace, type Place } from '../model/place.js';
import { placeReader } from '../request/place-reader.js';
import type { RequestReader } from '../request/request.js';
import type { SignedScheme } from '../model/scheme.js';
import { fillFields, type SecretFields } from '../keys/secret-key.js';
import type { SignatureItems } from './signature-items.js';
import type { Vars } from './template.js';

type VarReader = (request: RequestReader, items: SignatureItems, fields: SecretFields) => string | undefined;

/** Prepares the reading of a scheme's `vars`; those that are not there are left out. */
export function compileVars({ vars = {} }: SignedScheme): (...from: Parameters<VarReader>) => Vars {
  const readers = Object.entries(vars).map(([name, places]) => ({
    name,
    readers: [places].flat().map(varReader),
  }));
  return (request, items, fields) => {
    const values = new Map<string, string>();
    for (const { name, readers: alternatives } of readers) {
      const value = firstOf(alternatives, request, items, fields);
      if (value !== undefined) values.set(name, value);
    }
    return values;
  };
}

function firstOf(readers: readonly VarReader[], ...from: Parameters<VarReader>): string | undefined {
  for (const read of readers) {
    const value = read(...from);
    if (value !== undefined) return value;
  }
  return undefined;
}

function varReader(place: Place): VarReader {
  const { kind, name } = parsePlace(place);
  if (kind === 'signature') return (_, items) => items.part(name);
  if (kind === 'secret') return (_request, _items, fields) => fields.get(name);
  if (kind === 'header' && name.includes('{')) {
    return (request, _, fields) => {
      const header = fillFields(name, fields);
      return header === undefined ? undefined : request.header(header.toLowerCase());
    };
  }
  return placeReader(place);
}
