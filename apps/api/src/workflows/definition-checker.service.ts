import type { EndpointSettings, WorkflowDefinition, WorkflowProblem } from '@hookloom/contracts';
import type { EndpointEntity, Store } from '@hookloom/persistence';
import { builtInSteps } from '@hookloom/steps';
import { Injectable } from '@nestjs/common';
import { canCheck } from '../catalog/sender-catalog.js';
import { checkDefinition, keysNamedBy } from './definition-check.js';
import { sourcesIn } from './expression-check.js';
import { ExpressionSyntax } from './expression-syntax.service.js';

/** Runs the publish check against what the project has now. */
@Injectable()
export class DefinitionChecker {
  constructor(private readonly syntax: ExpressionSyntax) {}

  async findProblems(
    store: Store,
    projectId: string,
    definition: WorkflowDefinition,
  ): Promise<WorkflowProblem[]> {
    const keys = keysNamedBy(definition);
    const endpoints = await store.endpoints.findByKeys(projectId, keys.endpoints);
    const connections = await store.connections.findByKeys(projectId, keys.connections);
    const workflows = await store.workflows.findByKeys(projectId, keys.workflows);
    const extras = await store.endpoints.extrasOf(endpoints.map((endpoint) => endpoint.id));
    const factsOf = (endpoint: EndpointEntity) => {
      const settings: EndpointSettings = JSON.parse(endpoint.settings);
      const isUnchecked = canCheck(settings.sender) && extras.get(endpoint.id)?.hasSecret !== true;
      return { sender: settings.sender, isUnchecked };
    };
    const unreadable = await this.syntax.findUnreadable(sourcesIn(definition, builtInSteps));
    return checkDefinition(definition, {
      steps: builtInSteps,
      endpoints: new Map(endpoints.map((row) => [row.key, factsOf(row)])),
      connections: new Map(
        connections.map((row) => [
          row.key,
          { type: row.type, brokenBy: row.checkOk === false ? row.checkMessage : null },
        ]),
      ),
      workflows: new Map(workflows.map((row) => [row.key, { isLive: row.liveVersion !== null }])),
      unreadable,
    });
  }
}
