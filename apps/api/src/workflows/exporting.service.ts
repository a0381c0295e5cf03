import type { WorkflowExport } from '@hookloom/contracts';
import { notFound, type Principal } from '@hookloom/server-kit';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { AppParts } from '../app-parts.js';
import { keysNamedBy } from './definition-check.js';
import { withoutEndpoints } from './own-endpoints.service.js';
import { findSenders } from './workflow-senders.js';
import { readDefinition } from './workflow-view.js';

/** Query of an export: without `version` it is the draft. */
export const ExportQuery = z.object({ version: z.coerce.number().int().min(1).optional() });
export type ExportQuery = z.infer<typeof ExportQuery>;

/** Workflows as files. URLs and secrets stay here: their triggers say for whom a new endpoint will be. */
@Injectable()
export class ExportingService {
  constructor(private readonly parts: AppParts) {}

  async export(principal: Principal, id: string, version: number | undefined): Promise<WorkflowExport> {
    const { store } = this.parts;
    const { projectId } = principal;
    const workflow = await store.workflows.find(projectId, id);
    if (!workflow) throw notFound('workflow');
    const frozen =
      version === undefined ? workflow : await store.workflows.findVersion(projectId, id, version);
    if (!frozen) throw notFound('version');
    const document = readDefinition(frozen.definition);
    const keys = keysNamedBy(document);
    const senders = await findSenders(store, projectId, keys.endpoints);
    const known = await store.connections.findByKeys(projectId, keys.connections);
    const connections = keys.connections
      .filter((key) => key !== '')
      .map((key) => {
        const found = known.find((row) => row.key === key);
        return { key, type: found?.type ?? null, name: found?.name ?? null };
      });
    const definition = withoutEndpoints(document, (key) => senders.get(key));
    return { name: workflow.name, key: workflow.key, definition, connections };
  }
}
