import { useQuery, useQueryClient } from '@tanstack/vue-query';
import { computed } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import { sessionApi, type Credentials, type Setup } from '../../api/session.api.js';
import { sessionQuery } from './session-query.js';

/** A path of our own that sign-in may lead back to; anything else, another site above all, is dropped. */
export function safeReturnPath(next: unknown): string {
  return typeof next === 'string' && /^\/(?![/\\])/.test(next) ? next : '/workflows';
}

/** Who is signed in, and the ways in and out. */
export function useSession() {
  const client = useQueryClient();
  const router = useRouter();
  const route = useRoute();
  const { data } = useQuery(sessionQuery);

  async function enter(): Promise<void> {
    client.removeQueries({ queryKey: sessionQuery.queryKey });
    await router.push(safeReturnPath(route.query['next']));
  }
  return {
    user: computed(() => data.value?.user ?? undefined),
    async signIn(credentials: Credentials): Promise<void> {
      await sessionApi.signIn(credentials);
      await enter();
    },
    /** Makes the first owner and signs them in. */
    async setUp(setup: Setup): Promise<void> {
      await sessionApi.setUp(setup);
      const session = await sessionApi.get();
      if (session.user === null) await sessionApi.signIn(setup);
      client.removeQueries({ queryKey: sessionQuery.queryKey });
      await router.push({ name: 'start' });
    },
    async signOut(): Promise<void> {
      await sessionApi.signOut();
      client.clear();
      await router.push('/sign-in');
    },
  };
}
