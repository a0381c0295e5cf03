import {
  EndpointInput,
  FORM_TRIGGER,
  innerSenderOf,
  LIMITS,
  takesEvents,
  type WorkflowDefinition,
  type WorkflowStep,
} from '@hookloom/contracts';
import type { EndpointEntity, Store } from '@hookloom/persistence';
import type { Principal } from '@hookloom/server-kit';
import { Injectable } from '@nestjs/common';
import { isKnownSender } from '../catalog/sender-catalog.js';
import { EndpointsService } from '../endpoints/endpoints.service.js';

/** A document whose triggers all name an endpoint, and the endpoints that were made for it. */
export interface WithEndpoints {
  readonly definition: WorkflowDefinition;
  readonly made: readonly { readonly stepId: string; readonly endpoint: EndpointEntity }[];
}

/** Gives triggers that name no endpoint, though events start them, one of their own. */
@Injectable()
export class OwnEndpoints {
  constructor(private readonly endpoints: EndpointsService) {}

  /** @param workflowName what a new endpoint is called where its step has no name */
  async attach(
    store: Store,
    principal: Principal,
    workflowName: string,
    definition: WorkflowDefinition,
  ): Promise<WithEndpoints> {
    const steps: WorkflowStep[] = [];
    const made: { stepId: string; endpoint: EndpointEntity }[] = [];
    for (const step of definition.steps) {
      if (!needsEndpoint(step)) {
        steps.push(step);
        continue;
      }
      const endpoint = await this.endpoints.createWithin(store, principal, inputOf(step, workflowName));
      made.push({ stepId: step.id, endpoint });
      steps.push({ ...step, config: { ...step.config, endpoint: endpoint.key } });
    }
    return { definition: { ...definition, steps }, made };
  }
}

/**
 * Takes the endpoints out of a document that goes elsewhere: a copy never takes over an existing URL.
 *
 * @param senderOf says for whom an endpoint of that key is, so that the new one is for the same
 */
export function withoutEndpoints(
  definition: WorkflowDefinition,
  senderOf: (key: string) => string | undefined = () => undefined,
): WorkflowDefinition {
  const steps = definition.steps.map((step) => {
    if (!takesEvents(step.type)) return step;
    const { endpoint, ...config } = step.config;
    if (innerSenderOf(step.type) !== undefined) return { ...step, config };
    const sender = typeof endpoint === 'string' ? senderOf(endpoint) : undefined;
    return { ...step, config: sender === undefined ? config : { sender, ...config } };
  });
  return { ...definition, steps };
}

function needsEndpoint(step: WorkflowStep): boolean {
  const key = step.config['endpoint'];
  return takesEvents(step.type) && (key === undefined || key === null || key === '');
}

function inputOf(step: WorkflowStep, workflowName: string): EndpointInput {
  const sender = innerSenderOf(step.type) ?? senderOf(step);
  const name = (step.name?.trim() || workflowName).slice(0, 200);
  const room = step.type === FORM_TRIGGER ? { maxBodyBytes: LIMITS.maxBodyBytes } : {};
  return EndpointInput.parse({ name, sender, ...room });
}

/** An unknown sender is reported by the publish check; until then the endpoint takes anybody. */
function senderOf(step: WorkflowStep): string {
  const sender = step.config['sender'];
  return typeof sender === 'string' && isKnownSender(sender) ? sender : 'any';
}
