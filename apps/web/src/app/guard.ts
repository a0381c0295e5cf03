import type { QueryClient } from '@tanstack/vue-query';
import type { RouteLocation, RouteLocationRaw } from 'vue-router';
import { safeReturnPath } from '../features/session/useSession.js';
import { sessionQuery } from '../features/session/session-query.js';

/**
 * Decides where a visitor may go: set-up comes first, then sign-in, then everything else.
 *
 * @returns true to go on, or where to go instead
 * @throws whatever asking for the session throws
 */
export async function guard(
  client: QueryClient,
  to: Pick<RouteLocation, 'name' | 'query' | 'fullPath'>,
): Promise<true | RouteLocationRaw> {
  const { user, setupOpen } = await client.ensureQueryData(sessionQuery);
  if (setupOpen) return to.name === 'setup' || { name: 'setup', query: to.query };
  if (user === null) {
    if (to.name === 'sign-in') return true;
    if (to.name === 'setup') return { name: 'sign-in', query: { from: 'setup' } };
    return { name: 'sign-in', query: to.fullPath === '/workflows' ? {} : { next: to.fullPath } };
  }
  const isEntrance = to.name === 'setup' || to.name === 'sign-in';
  return isEntrance ? safeReturnPath(to.query['next']) : true;
}
