import type { Store } from '@hookloom/persistence';
import { actorOf, type Principal } from '@hookloom/server-kit';

/** What was changed, as the audit names it. */
export interface Change {
  readonly action: string;
  readonly kind:
    | 'workflow'
    | 'endpoint'
    | 'connection'
    | 'variable'
    | 'api-key'
    | 'user'
    | 'event'
    | 'run'
    | 'replay'
    | 'setting'
    | 'redaction-rule';
  readonly id: string;
  readonly detail?: string;
}

/** Notes a change. Call inside its transaction: neither is there without the other. */
export function recordChange(store: Store, principal: Principal, change: Change): Promise<void> {
  return store.audit.record({
    projectId: principal.projectId,
    actor: actorOf(principal),
    action: change.action,
    subjectKind: change.kind,
    subjectId: change.id,
    ...(change.detail === undefined ? {} : { detail: change.detail }),
  });
}
