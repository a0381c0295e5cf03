import { WorkflowDefinition } from '@hookloom/contracts';
import type { WorkflowProblem, WorkflowStatus, WorkflowSummary, WorkflowView } from '@hookloom/contracts';
import type { WorkflowEntity } from '@hookloom/persistence';

/** A workflow in a list: without its document. */
export function toSummary(workflow: WorkflowEntity): WorkflowSummary {
  return {
    id: workflow.id,
    key: workflow.key,
    name: workflow.name,
    revision: workflow.revision,
    liveVersion: workflow.liveVersion,
    status: statusOf(workflow),
    createdAt: workflow.createdAt.toISOString(),
    updatedAt: workflow.updatedAt.toISOString(),
  };
}

export function toView(workflow: WorkflowEntity, problems: WorkflowProblem[]): WorkflowView {
  return { ...toSummary(workflow), definition: readDefinition(workflow.definition), problems };
}

/** A stored document; it was checked when it was saved, and grows new defaults here. */
export function readDefinition(text: string): WorkflowDefinition {
  return WorkflowDefinition.parse(JSON.parse(text));
}

function statusOf(workflow: WorkflowEntity): WorkflowStatus {
  if (workflow.liveVersion === null) return 'draft';
  return workflow.paused ? 'paused' : 'live';
}
