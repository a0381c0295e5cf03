import {
  LIMITS,
  type Page,
  type PageQuery,
  type PinInput,
  type SampleInput,
  type WorkflowSample,
  type WorkflowSampleView,
} from '@hookloom/contracts';
import type { SamplesOf, Store, WorkflowSampleEntity } from '@hookloom/persistence';
import { conflict, invalid, notFound, type Principal } from '@hookloom/server-kit';
import { builtInSteps } from '@hookloom/steps';
import { Injectable } from '@nestjs/common';
import { recordChange } from '../access/audited.js';
import { AppParts } from '../app-parts.js';
import { toPage, toPageOf } from '../http/page.js';
import { readDefinition } from './workflow-view.js';

/** What a draft is tried out with: sample events and pinned outputs. None of it is exported, versioned or used live. */
@Injectable()
export class SamplesService {
  constructor(private readonly parts: AppParts) {}

  /** @throws ProblemError 404 */
  async list(principal: Principal, workflowId: string, query: PageQuery): Promise<Page<WorkflowSample>> {
    const of = await this.samplesOf(principal, workflowId);
    return toPage(await this.parts.store.samples.list(of, toPageOf(query)), toSample);
  }

  /** @throws ProblemError 404 */
  async get(principal: Principal, workflowId: string, id: string): Promise<WorkflowSampleView> {
    return getView(this.parts.store, await this.samplesOf(principal, workflowId), id);
  }

  /** @throws ProblemError 404; 409 when the workflow has as many as it may; 422 when it is too large */
  async keep(principal: Principal, workflowId: string, input: SampleInput): Promise<WorkflowSampleView> {
    const value = toJson(input.value);
    const of = await this.samplesOf(principal, workflowId);
    return this.change(principal, of, 'keep sample', async (store) => {
      if ((await store.samples.countEventsAlone(of)) >= LIMITS.samplesPerWorkflow) {
        const detail = `A workflow keeps up to ${LIMITS.samplesPerWorkflow} sample events. Delete one first.`;
        throw conflict('too_many_samples', detail);
      }
      return getView(store, of, await store.samples.keepEvent(of, { name: input.name, value }));
    });
  }

  /** @throws ProblemError 404 for a step that the draft does not have; 422 for one whose output says nothing */
  async pin(
    principal: Principal,
    workflowId: string,
    stepId: string,
    input: PinInput,
  ): Promise<WorkflowSampleView> {
    const value = toJson(input.value);
    const of = await this.samplesOf(principal, workflowId);
    await this.checkPinnable(of, stepId);
    return this.change(principal, of, 'pin output', async (store) =>
      getView(store, of, await store.samples.pin(of, { name: stepId, value })),
    );
  }

  /** @throws ProblemError 404 */
  async unpin(principal: Principal, workflowId: string, stepId: string): Promise<void> {
    const of = await this.samplesOf(principal, workflowId);
    await this.change(principal, of, 'unpin output', async (store) => {
      if (!(await store.samples.unpin(of, stepId))) throw notFound('pinned output');
    });
  }

  /** @throws ProblemError 404 */
  async delete(principal: Principal, workflowId: string, id: string): Promise<void> {
    const of = await this.samplesOf(principal, workflowId);
    await this.change(principal, of, 'delete sample', async (store) => {
      if (!(await store.samples.delete(of, id))) throw notFound('sample');
    });
  }

  private async samplesOf({ projectId }: Principal, workflowId: string): Promise<SamplesOf> {
    if (!(await this.parts.store.workflows.find(projectId, workflowId))) throw notFound('workflow');
    return { projectId, workflowId };
  }

  /** Which way a run goes on is decided anew in each, so only what has one way on can be pinned. */
  private async checkPinnable({ projectId, workflowId }: SamplesOf, stepId: string): Promise<void> {
    const workflow = await this.parts.store.workflows.find(projectId, workflowId);
    const step = workflow && readDefinition(workflow.definition).steps.find(({ id }) => id === stepId);
    if (!step) throw notFound('step');
    const type = builtInSteps.get(step.type);
    if (type?.kind === 'trigger') {
      throw invalid([{ path: 'value', message: 'A trigger has no output to pin. Keep a sample event.' }]);
    }
    if (type && type.handles(step.config).length !== 1) {
      const message = 'A step with several ways on cannot be pinned. Pin the step before it.';
      throw invalid([{ path: 'value', message }]);
    }
  }

  private change<T>(
    principal: Principal,
    { workflowId }: SamplesOf,
    action: string,
    work: (store: Store) => Promise<T>,
  ): Promise<T> {
    return this.parts.store.transaction(async (store) => {
      const result = await work(store);
      await recordChange(store, principal, { action, kind: 'workflow', id: workflowId });
      return result;
    });
  }
}

async function getView(store: Store, of: SamplesOf, id: string): Promise<WorkflowSampleView> {
  const sample = await store.samples.find(of, id);
  if (!sample) throw notFound('sample');
  return { ...toSample(sample), value: JSON.parse(sample.value) };
}

function toJson(value: unknown): string {
  if (value === undefined) throw invalid([{ path: 'value', message: 'A value is missing; null is one.' }]);
  const text = JSON.stringify(value);
  const bytes = Buffer.byteLength(text);
  if (bytes <= LIMITS.stepOutputBytes) return text;
  const message = `The value has ${bytes} bytes as JSON; a sample may have ${LIMITS.stepOutputBytes}. Keep only the fields you need.`;
  throw invalid([{ path: 'value', message }]);
}

function toSample({ id, kind, name, bytes, createdAt, updatedAt }: WorkflowSampleEntity): WorkflowSample {
  return { id, kind, name, bytes, createdAt: createdAt.toISOString(), updatedAt: updatedAt.toISOString() };
}
