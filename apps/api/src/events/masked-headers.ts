import { REDACTED, SECRET_NAME } from '@hookloom/contracts';
import { SENDERS, type Sender } from '@hookloom/senders';

/** Headers as people may see them: what proves by itself who sent it is masked. */
export function maskHeaders(
  headers: Readonly<Record<string, string>>,
  senderId: string,
): Record<string, string> {
  return masked(headers, secretPlaces(senderId, 'header'), REDACTED);
}

/** Query parameters as people may see them. */
export function maskQuery(
  query: Readonly<Record<string, string | string[]>>,
  senderId: string,
): Record<string, string | string[]> {
  return masked(query, secretPlaces(senderId, 'query'), REDACTED);
}

function masked<Value>(
  values: Readonly<Record<string, Value>>,
  secretNames: ReadonlySet<string>,
  mask: Value,
): Record<string, Value> {
  const entries = Object.entries(values).map(([name, value]) => {
    const isSecret = secretNames.has(name.toLowerCase()) || SECRET_NAME.test(name);
    return [name, isSecret ? mask : value] as const;
  });
  return Object.fromEntries(entries);
}

/** Where this sender puts a shared secret in clear. */
function secretPlaces(senderId: string, kind: 'header' | 'query'): ReadonlySet<string> {
  const places = (SENDERS.get(senderId)?.schemes ?? []).flatMap(tokenPlace);
  const prefix = `${kind}:`;
  return new Set(
    places
      .filter((place) => place.startsWith(prefix))
      .map((place) => place.slice(prefix.length).toLowerCase()),
  );
}

function tokenPlace(scheme: Sender['schemes'][number]): string[] {
  return scheme.kind === 'token' || scheme.kind === 'jwt' ? [scheme.token.in] : [];
}
