import { FORM_SENDER, WorkflowDefinition } from '@hookloom/contracts';
import type { EndpointForIngress } from '@hookloom/persistence';
import { Injectable } from '@nestjs/common';
import { AppParts } from '../app-parts.js';
import { EventParts } from '../event-parts.js';
import { findFormStep, toForm, type Form } from './form.js';

/** The form at an address, and what becomes of what is sent there now. */
export interface OpenForm {
  readonly form: Form;
  readonly endpoint: EndpointForIngress;
}

/** What a token of ours can look like. */
const TOKEN = /^[A-Za-z0-9_-]{16,128}$/;

/** Finds forms by their addresses. */
@Injectable()
export class FormSource {
  constructor(
    private readonly parts: AppParts,
    private readonly running: EventParts,
  ) {}

  /** The endpoint of a form; `undefined` for unknown and revoked tokens alike. */
  async findEndpoint(token: string): Promise<EndpointForIngress | undefined> {
    const endpoint = TOKEN.test(token) ? await this.running.lookup.findByToken(token) : undefined;
    return endpoint?.settings.sender === FORM_SENDER ? endpoint : undefined;
  }

  /** The form as it is live; else as the draft has it. `undefined`: no workflow has it any more. */
  async findForm(endpoint: EndpointForIngress): Promise<OpenForm | undefined> {
    const form = (await this.liveForm(endpoint)) ?? (await this.draftForm(endpoint));
    return form && { form, endpoint };
  }

  private async liveForm({ projectId, routes }: EndpointForIngress): Promise<Form | undefined> {
    for (const { workflowId, version, triggerStepId } of routes) {
      const row = await this.parts.store.workflows.findVersion(projectId, workflowId, version);
      const step = row && findFormStep(stepsOf(row.definition), ({ id }) => id === triggerStepId);
      if (step) return toForm(step);
    }
    return undefined;
  }

  private async draftForm({ id, projectId }: EndpointForIngress): Promise<Form | undefined> {
    const { store } = this.parts;
    const key = (await store.endpoints.find(projectId, id))?.key;
    if (key === undefined) return undefined;
    for (const { id: workflowId } of await store.workflows.findUsing(projectId, 'endpoint', key)) {
      const workflow = await store.workflows.find(projectId, workflowId);
      const step =
        workflow && findFormStep(stepsOf(workflow.definition), ({ config }) => config['endpoint'] === key);
      if (step) return toForm(step);
    }
    return undefined;
  }
}

function stepsOf(definition: string): WorkflowDefinition['steps'] {
  return WorkflowDefinition.parse(JSON.parse(definition)).steps;
}
