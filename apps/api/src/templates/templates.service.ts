import { keyFromName, WorkflowSetup } from '@hookloom/contracts';
import type { TemplateUse, TemplateView, WorkflowSetupUpdate, WorkflowView } from '@hookloom/contracts';
import { notFound, type Principal } from '@hookloom/server-kit';
import { Injectable } from '@nestjs/common';
import { recordChange } from '../access/audited.js';
import { AppParts } from '../app-parts.js';
import { readSetup } from '../workflows/workflow-view.js';
import { findForUpdate, WorkflowsService } from '../workflows/workflows.service.js';
import { findTemplate } from './gallery.js';

/** New workflows from the gallery, and how far the setup of each is. */
@Injectable()
export class TemplatesService {
  constructor(
    private readonly parts: AppParts,
    private readonly workflows: WorkflowsService,
  ) {}

  /** @throws ProblemError 404 */
  get(slug: string): TemplateView {
    const template = findTemplate(slug);
    if (!template) throw notFound('template');
    return template;
  }

  /** A draft with an endpoint of its own. @throws ProblemError 404 */
  async use(principal: Principal, slug: string, { name }: TemplateUse): Promise<WorkflowView> {
    const template = this.get(slug);
    const setup = JSON.stringify({ template: slug, done: [], skipped: [], closed: false });
    return this.parts.store.transaction(async (store) => {
      const named = name ?? template.title;
      const key = { base: keyFromName(named, slug) };
      const { definition } = template;
      const { workflow } = await this.workflows.createWithin(store, principal, {
        name: named,
        key,
        definition,
      });
      await store.workflows.saveSetup(principal.projectId, workflow.id, setup);
      return this.workflows.view(store, { ...workflow, setup });
    });
  }

  /** @throws ProblemError 404 for a workflow that was made otherwise, too */
  async saveSetup(principal: Principal, id: string, update: WorkflowSetupUpdate): Promise<WorkflowSetup> {
    return this.parts.store.transaction(async (store) => {
      const before = readSetup(await findForUpdate(store, principal, id));
      if (!before) throw notFound('setup');
      const setup = { ...before, ...update };
      await store.workflows.saveSetup(principal.projectId, id, JSON.stringify(setup));
      await recordChange(store, principal, { action: 'setup', kind: 'workflow', id });
      return setup;
    });
  }
}
