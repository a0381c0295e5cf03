import type { KeptView } from '@hookloom/contracts';
import type { RetainedKind, Store } from '@hookloom/persistence';
import { notFound, type Principal } from '@hookloom/server-kit';
import { Injectable } from '@nestjs/common';
import { recordChange } from '../access/audited.js';
import { AppParts } from '../app-parts.js';
import { notThere } from './gone.js';

/** Keeps single events and runs beyond every rule. */
@Injectable()
export class KeepingService {
  constructor(private readonly parts: AppParts) {}

  /** Again is the same as once. @throws ProblemError 404 */
  keep(principal: Principal, kind: RetainedKind, id: string): Promise<KeptView> {
    const { projectId, email } = principal;
    return this.parts.store.transaction(async (store) => {
      const isThere = await store.kept.keep(projectId, kind, id, email);
      const kept = isThere ? await keptView(store, projectId, id) : undefined;
      if (!kept) throw await notThere(store, projectId, kind, id);
      await recordChange(store, principal, { action: 'keep', kind, id });
      return kept;
    });
  }

  /** From now on its rule holds again. @throws ProblemError 404 unless it was kept */
  release(principal: Principal, kind: RetainedKind, id: string): Promise<void> {
    return this.parts.store.transaction(async (store) => {
      if (!(await store.kept.release(principal.projectId, kind, id))) throw notFound(`kept ${kind}`);
      await recordChange(store, principal, { action: 'release', kind, id });
    });
  }
}

/** Since when it is kept; `undefined`: its rule holds. */
export async function keptView(
  store: Pick<Store, 'kept'>,
  projectId: string,
  id: string,
): Promise<KeptView | undefined> {
  const row = await store.kept.find(projectId, id);
  return row && { at: row.keptAt.toISOString(), by: row.keptBy };
}
