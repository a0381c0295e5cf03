import type { Page, RedactionRuleInput, RedactionRuleView } from '@hookloom/contracts';
import type { RedactionRuleRow } from '@hookloom/persistence';
import { conflict, notFound, type Principal } from '@hookloom/server-kit';
import { Injectable } from '@nestjs/common';
import { recordChange } from '../access/audited.js';
import { AppParts } from '../app-parts.js';

/** A project has few rules; each is looked at for every value that is shown. */
const MOST_RULES = 100;

/** Which values of events and runs people do not see. */
@Injectable()
export class RedactionRulesService {
  constructor(private readonly parts: AppParts) {}

  /** All of them, on one page. */
  async list({ projectId }: Principal): Promise<Page<RedactionRuleView>> {
    const rows = await this.parts.store.redactionRules.list(projectId);
    return { items: rows.map(toView), nextCursor: null };
  }

  /** @throws ProblemError 409 if there is this rule already, or too many */
  create(principal: Principal, { pattern }: RedactionRuleInput): Promise<RedactionRuleView> {
    return this.parts.store.transaction(async (store) => {
      const { projectId, email } = principal;
      if ((await store.redactionRules.list(projectId)).length >= MOST_RULES) {
        throw conflict('too_many', `A project may have ${MOST_RULES} rules. Remove one first.`);
      }
      const rule = await store.redactionRules.create(projectId, pattern, email);
      if (!rule) throw conflict('key_taken', `There is a rule for ${pattern} already.`);
      const { id } = rule;
      await recordChange(store, principal, { action: 'create', kind: 'redaction-rule', id, detail: pattern });
      return toView(rule);
    });
  }

  /** What it hid is shown again. @throws ProblemError 404 */
  delete(principal: Principal, id: string): Promise<void> {
    return this.parts.store.transaction(async (store) => {
      const pattern = await store.redactionRules.delete(principal.projectId, id);
      if (pattern === undefined) throw notFound('rule');
      await recordChange(store, principal, { action: 'delete', kind: 'redaction-rule', id, detail: pattern });
    });
  }
}

function toView({ id, pattern, createdAt, createdBy }: RedactionRuleRow): RedactionRuleView {
  return { id, pattern, createdAt: createdAt.toISOString(), createdBy };
}
