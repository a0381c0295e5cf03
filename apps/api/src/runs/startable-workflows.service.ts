import {
  concurrencyOf,
  MANUAL_TRIGGER,
  takesEvents,
  WorkflowDefinition,
  type WorkflowStep,
} from '@hookloom/contracts';
import { PlanError, planOf, planOfOne } from '@hookloom/engine';
import type { DraftOfRun, WorkflowEntity } from '@hookloom/persistence';
import { conflict, invalid, notFound } from '@hookloom/server-kit';
import { builtInSteps } from '@hookloom/steps';
import { Injectable } from '@nestjs/common';
import { AppParts } from '../app-parts.js';

/** A workflow as a run can be started from it: its live version, or its draft as it is now. */
export interface Startable {
  readonly workflowId: string;
  /** null: the draft. */
  readonly version: number | null;
  readonly definition: WorkflowDefinition;
  readonly draft: DraftOfRun | undefined;
  readonly maxConcurrentRuns: number | undefined;
  /** Its runs are held back until it is resumed; a draft's never are. */
  readonly isPaused: boolean;
}

/** Finds what a person wants to start, and from where. */
@Injectable()
export class StartableWorkflows {
  constructor(private readonly parts: AppParts) {}

  /** @throws ProblemError 404; 409 when nothing of it is live */
  async getLive(projectId: string, id: string): Promise<Startable> {
    const workflow = await this.find(projectId, id);
    const { liveVersion } = workflow;
    if (liveVersion === null) {
      throw conflict('not_live', 'The workflow is not live. Publish it first, or run its draft.');
    }
    const version = await this.parts.store.workflows.findVersion(projectId, id, liveVersion);
    if (!version) throw notFound('version');
    const definition = WorkflowDefinition.parse(JSON.parse(version.definition));
    return toStartable(workflow, liveVersion, definition, undefined);
  }

  /** @throws ProblemError 404 */
  async getDraft(projectId: string, id: string): Promise<Startable> {
    const workflow = await this.find(projectId, id);
    const definition = WorkflowDefinition.parse(JSON.parse(workflow.definition));
    return toStartable(workflow, null, definition, {
      definition: workflow.definition,
      workflowKey: workflow.key,
      workflowName: workflow.name,
      pins: await this.parts.store.samples.pinsOf({ projectId, workflowId: id }),
    });
  }

  private async find(projectId: string, id: string): Promise<WorkflowEntity> {
    const workflow = await this.parts.store.workflows.find(projectId, id);
    if (!workflow) throw notFound('workflow');
    return workflow;
  }
}

function toStartable(
  workflow: WorkflowEntity,
  version: number | null,
  definition: WorkflowDefinition,
  draft: DraftOfRun | undefined,
): Startable {
  return {
    workflowId: workflow.id,
    version,
    definition,
    draft,
    maxConcurrentRuns: concurrencyOf(definition.settings),
    isPaused: version !== null && workflow.paused,
  };
}

/**
 * The trigger that a manual run starts at: the one named, else the first one made for people, else the first.
 *
 * @throws ProblemError 422 when there is none, or no run could follow the graph from it
 */
export function manualTrigger(definition: WorkflowDefinition, named: string | undefined): string {
  const triggers = triggersOf(definition);
  const chosen =
    named === undefined
      ? (triggers.find((step) => step.type === MANUAL_TRIGGER) ?? triggers[0])
      : triggers.find((step) => step.id === named);
  if (!chosen) {
    const message =
      named === undefined
        ? 'The workflow has no trigger to start from.'
        : `There is no trigger "${named}" in it.`;
    throw invalid([{ path: 'trigger', message }]);
  }
  return startable(() => planOf(definition, chosen.id), chosen.id);
}

/**
 * The triggers at which an event is replayed: those of its endpoint, else the first that events start.
 *
 * @param endpointKey key of the event's endpoint; `undefined` when that is gone
 * @throws ProblemError 422 when there is none
 */
export function eventTriggers(definition: WorkflowDefinition, endpointKey: string | undefined): string[] {
  const found = eventSteps(definition);
  const own = found.filter((step) => step.config['endpoint'] === endpointKey);
  const chosen = own.length > 0 ? own : found.slice(0, 1);
  if (chosen.length === 0) {
    throw invalid([
      {
        path: 'workflowId',
        message: 'The workflow has no trigger to replay an event at: a webhook, a form or a poll.',
      },
    ]);
  }
  return chosen.map((step) => startable(() => planOf(definition, step.id), step.id));
}

/** The steps through which events come in. */
export function eventSteps(definition: WorkflowDefinition): WorkflowStep[] {
  return triggersOf(definition).filter((step) => takesEvents(step.type));
}

/** A step that is tested alone. @throws ProblemError 404 */
export function stepToTest(definition: WorkflowDefinition, stepId: string): string {
  if (!definition.steps.some((step) => step.id === stepId)) throw notFound('step');
  return startable(() => planOfOne(definition, stepId), stepId);
}

function triggersOf(definition: WorkflowDefinition): WorkflowStep[] {
  return definition.steps.filter((step) => builtInSteps.get(step.type)?.kind === 'trigger' && !step.disabled);
}

function startable(plan: () => unknown, stepId: string): string {
  try {
    plan();
    return stepId;
  } catch (error) {
    if (!(error instanceof PlanError)) throw error;
    throw invalid([{ path: 'definition', message: error.message }]);
  }
}

/** A draft whose steps are known to have given `outputs`, by step id, whatever is pinned. */
export function withOutputs(workflow: Startable, outputs: Readonly<Record<string, unknown>>): Startable {
  const { draft } = workflow;
  if (draft === undefined || Object.keys(outputs).length === 0) return workflow;
  const pinned: Record<string, unknown> = JSON.parse(draft.pins ?? '{}');
  return { ...workflow, draft: { ...draft, pins: JSON.stringify({ ...pinned, ...outputs }) } };
}
