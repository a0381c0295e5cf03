import type { RetentionPreview, RetentionRule, RetentionView, ToDelete } from '@hookloom/contracts';
import { RETENTION } from '@hookloom/contracts';
import { cutoffOf, MOST_COUNTED, type Store } from '@hookloom/persistence';
import type { Principal } from '@hookloom/server-kit';
import { Injectable } from '@nestjs/common';
import { recordChange } from '../access/audited.js';
import { AppParts } from '../app-parts.js';

const DEFAULT_RULE: RetentionRule = { eventDays: RETENTION.defaultDays, runDays: RETENTION.defaultDays };

/** How long a project keeps what is over. */
@Injectable()
export class RetentionService {
  constructor(private readonly parts: AppParts) {}

  get({ projectId }: Principal): Promise<RetentionView> {
    return viewOf(this.parts.store, projectId);
  }

  /** A rule that keeps less holds from the next midnight on; one that keeps more holds at once. */
  set(principal: Principal, rule: RetentionRule): Promise<RetentionView> {
    const { projectId } = principal;
    return this.parts.store.transaction(async (store) => {
      const former = await viewOf(store, projectId);
      await store.retention.save(projectId, rule, former, await store.retention.nextTurn());
      const detail = `${inWords(former.next ?? former)}; now ${inWords(rule)}`;
      await recordChange(store, principal, { action: 'update', kind: 'setting', id: 'retention', detail });
      return viewOf(store, projectId);
    });
  }

  /** What would be deleted at the next midnight if this were the rule. */
  async preview({ projectId }: Principal, rule: RetentionRule): Promise<RetentionPreview> {
    const { retention } = this.parts.store;
    const at = await retention.nextTurn();
    const { events, runs } = await retention.countExpired(projectId, rule, at);
    return {
      at: at.toISOString(),
      events: toDelete(events, cutoffOf(at.getTime(), rule.eventDays)),
      runs: toDelete(runs, cutoffOf(at.getTime(), rule.runDays)),
    };
  }
}

/** The rule in force now, and the one that follows. */
async function viewOf(store: Store, projectId: string): Promise<RetentionView> {
  const row = await store.retention.find(projectId);
  if (!row) return { ...DEFAULT_RULE };
  const { eventDays, runDays, formerEventDays, formerRunDays, effectiveAt } = row;
  const now = await store.retention.now();
  const inForce =
    now >= effectiveAt
      ? { eventDays, runDays }
      : { eventDays: Math.max(eventDays, formerEventDays), runDays: Math.max(runDays, formerRunDays) };
  if (inForce.eventDays === eventDays && inForce.runDays === runDays) return inForce;
  return { ...inForce, next: { eventDays, runDays, from: effectiveAt.toISOString() } };
}

function toDelete(count: number | null, before: number): ToDelete {
  return { count: count ?? MOST_COUNTED, isMore: count === null, before: new Date(before).toISOString() };
}

function inWords({ eventDays, runDays }: RetentionRule): string {
  return `events ${eventDays} days, runs ${runDays} days`;
}
