import { keyFromName } from '@hookloom/contracts';
import type { WorkflowView } from '@hookloom/contracts';
import { notFound, type Principal } from '@hookloom/server-kit';
import { Injectable } from '@nestjs/common';
import { AppParts } from '../app-parts.js';
import { keysNamedBy } from './definition-check.js';
import { withoutEndpoints } from './own-endpoints.service.js';
import { DefinitionChecker } from './definition-checker.service.js';
import { toImported, type ImportCheck, type ImportInput, type ImportReport } from './workflow-import.js';
import { findSenders } from './workflow-senders.js';
import { readDefinition } from './workflow-view.js';
import { WorkflowsService } from './workflows.service.js';

const UNNAMED = 'Imported workflow';

/** New workflows from documents that exist. Their triggers always get endpoints of their own. */
@Injectable()
export class CopyingService {
  constructor(
    private readonly parts: AppParts,
    private readonly workflows: WorkflowsService,
    private readonly checker: DefinitionChecker,
  ) {}

  async copy(principal: Principal, id: string): Promise<WorkflowView> {
    return this.parts.store.transaction(async (store) => {
      const original = await store.workflows.find(principal.projectId, id);
      if (!original) throw notFound('workflow');
      const document = readDefinition(original.definition);
      const senders = await findSenders(store, principal.projectId, keysNamedBy(document).endpoints);
      const { workflow } = await this.workflows.createWithin(store, principal, {
        name: `${original.name} (copy)`.slice(0, 200),
        key: { base: original.key.slice(0, 56).replace(/-+$/, '') },
        definition: withoutEndpoints(document, (key) => senders.get(key)),
      });
      return this.workflows.view(store, workflow);
    });
  }

  /** Makes nothing. Endpoints are no problem: an import makes new ones. */
  async check(principal: Principal, input: ImportInput): Promise<ImportCheck> {
    const { store } = this.parts;
    const workflows = [];
    for (const { name = UNNAMED, key, definition: given } of toImported(input)) {
      const definition = withoutEndpoints(given);
      const problems = await this.checker.findProblems(store, principal.projectId, definition);
      workflows.push({
        name,
        key,
        definition,
        problems: problems.filter(({ code }) => code !== 'missing_endpoint'),
      });
    }
    return { workflows };
  }

  /** All of them or none. A key that is taken gets a number. */
  async import(principal: Principal, input: ImportInput): Promise<ImportReport> {
    return this.parts.store.transaction(async (store) => {
      const report: ImportReport = { workflows: [] };
      for (const imported of toImported(input)) {
        const name = imported.name ?? UNNAMED;
        const { workflow, made } = await this.workflows.createWithin(store, principal, {
          name,
          key: { base: imported.key ?? keyFromName(name, 'workflow') },
          definition: withoutEndpoints(imported.definition),
        });
        const { id, key, problems } = await this.workflows.view(store, workflow);
        const endpoints = made.map(({ stepId, endpoint }) => ({
          stepId,
          id: endpoint.id,
          key: endpoint.key,
        }));
        report.workflows.push({ id, key, name, endpoints, problems });
      }
      return report;
    });
  }
}
