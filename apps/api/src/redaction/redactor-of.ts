import { Redactor } from '@hookloom/contracts';
import type { Store } from '@hookloom/persistence';

/** What hides values of a project's events and runs from people, by the rules as they are now. */
export async function redactorOf(store: Pick<Store, 'redactionRules'>, projectId: string): Promise<Redactor> {
  const rules = await store.redactionRules.list(projectId);
  return new Redactor(rules.map(({ pattern }) => pattern));
}
