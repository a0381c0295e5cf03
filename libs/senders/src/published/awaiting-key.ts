import { closedCheck, type Check, type CheckContext } from '../check/check.js';
import { nearestToGenuine, type Failure } from '../check/failure.js';
import type { KeyRule, Scheme } from '../model/scheme.js';
import type { RequestReader } from '../request/request.js';
import { keyRequestReader, type KeyHint, type KeyRequest } from './key-request.js';

/** What can be said of a request without the key: why it is not signed, or how it names its key. */
type Look = (request: RequestReader) => KeyHint | Failure;

/**
 * The check of a scheme that has no key. Where the key is only still to be fetched, it tells a request that
 * could not be genuine whatever the key from one that needs it; any other passes nothing.
 */
export function checkWithoutKey(
  scheme: Scheme & { readonly key: KeyRule },
  context: CheckContext,
  why: Failure,
  look: Look,
): Check {
  if (why.reason !== 'key_not_fetched') return closedCheck(scheme, why);
  const wanted = wantedReader(scheme.key, context, why);
  const judge = (request: RequestReader): KeyRequest | Failure => {
    const hint = look(request);
    return 'reason' in hint ? hint : wanted(request, hint);
  };
  return {
    scheme,
    run: (request) => {
      const found = judge(request);
      return 'reason' in found ? found : why;
    },
    wants: (request) => {
      const found = judge(request);
      return 'reason' in found ? undefined : found;
    },
  };
}

/** The first key that any of the stored secrets leads to. */
function wantedReader(
  { published }: KeyRule,
  { secrets }: CheckContext,
  why: Failure,
): (request: RequestReader, hint: KeyHint) => KeyRequest | Failure {
  if (!published || published.kind === 'printed') return () => why;
  const stored = secrets.length === 0 ? [new Map<string, string>()] : secrets;
  const readers = stored.map((fields) => keyRequestReader(published, fields));
  return (request, hint) => {
    const failures: Failure[] = [];
    for (const read of readers) {
      const found = read(request, hint);
      if (!('reason' in found)) return found;
      failures.push(found);
    }
    return nearestToGenuine(failures) ?? why;
  };
}
