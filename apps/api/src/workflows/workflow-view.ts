import { MANUAL_TRIGGER, WorkflowDefinition, WorkflowSetup } from '@hookloom/contracts';
import type { WorkflowProblem, WorkflowStatus, WorkflowSummary, WorkflowView } from '@hookloom/contracts';
import type { WorkflowEntity } from '@hookloom/persistence';

/** As `JSON.stringify` writes the type of a step; lists of many workflows are not worth parsing whole documents. */
const MANUAL = `"type":"${MANUAL_TRIGGER}"`;

/** A workflow in a list: without its document. */
export function toSummary(workflow: WorkflowEntity, senders: readonly string[]): WorkflowSummary {
  return {
    id: workflow.id,
    key: workflow.key,
    name: workflow.name,
    revision: workflow.revision,
    liveVersion: workflow.liveVersion,
    status: statusOf(workflow),
    senders: [...senders],
    startsByHand: workflow.definition.includes(MANUAL),
    createdBy: workflow.createdBy,
    updatedBy: workflow.updatedBy,
    createdAt: workflow.createdAt.toISOString(),
    updatedAt: workflow.updatedAt.toISOString(),
  };
}

export function toView(
  workflow: WorkflowEntity,
  found: { readonly senders: readonly string[]; readonly problems: WorkflowProblem[] },
): WorkflowView {
  const definition = readDefinition(workflow.definition);
  const setup = readSetup(workflow);
  return {
    ...toSummary(workflow, found.senders),
    definition,
    problems: found.problems,
    ...(setup && { setup }),
  };
}

/** The guided setup of a workflow that was made from a template. */
export function readSetup({ setup }: Pick<WorkflowEntity, 'setup'>): WorkflowSetup | undefined {
  return setup === null ? undefined : WorkflowSetup.parse(JSON.parse(setup));
}

/** A stored document; it was checked when it was saved, and grows new defaults here. */
export function readDefinition(text: string): WorkflowDefinition {
  return WorkflowDefinition.parse(JSON.parse(text));
}

export function statusOf(workflow: Pick<WorkflowEntity, 'liveVersion' | 'paused'>): WorkflowStatus {
  if (workflow.liveVersion === null) return 'draft';
  return workflow.paused ? 'paused' : 'live';
}
