import type { WorkflowEdge, WorkflowStep } from '@hookloom/contracts';
import { edgeKey, findStep, handleOf, type Draft, type StepFacts } from './draft.js';

export function edgesInto(draft: Draft, id: string): WorkflowEdge[] {
  return draft.definition.edges.filter((edge) => edge.target === id);
}

/** The edges that leave a step, or one of its handles. */
export function edgesOutOf(draft: Draft, id: string, handle?: string): WorkflowEdge[] {
  return draft.definition.edges.filter(
    (edge) => edge.source === id && (handle === undefined || handleOf(edge) === handle),
  );
}

/** Every step that can be reached from `id`, itself included. */
export function reachableFrom(draft: Draft, id: string): Set<string> {
  const targets = new Map<string, string[]>();
  for (const { source, target } of draft.definition.edges) {
    targets.set(source, [...(targets.get(source) ?? []), target]);
  }
  const reached = new Set([id]);
  for (const step of reached) for (const target of targets.get(step) ?? []) reached.add(target);
  return reached;
}

/** Why two steps cannot be connected. */
export type ConnectionRefusal = 'missing' | 'itself' | 'intoTrigger' | 'exists' | 'circle';

/** `undefined`: the edge may be added and the graph stays valid. */
export function refusalOf(draft: Draft, edge: WorkflowEdge, facts: StepFacts): ConnectionRefusal | undefined {
  const target = findStep(draft, edge.target);
  if (target === undefined || findStep(draft, edge.source) === undefined) return 'missing';
  if (edge.source === edge.target) return 'itself';
  if (facts.isTrigger(target.type)) return 'intoTrigger';
  const key = edgeKey(edge);
  if (draft.definition.edges.some((each) => edgeKey(each) === key)) return 'exists';
  return reachableFrom(draft, edge.target).has(edge.source) ? 'circle' : undefined;
}

/** The handle that the next step is added to: the first that leads nowhere yet. */
export function freeHandleOf(draft: Draft, step: WorkflowStep, facts: StepFacts): string | undefined {
  return facts.handlesOf(step).find((handle) => edgesOutOf(draft, step.id, handle).length === 0);
}

/** Whether a draft's graph is sound: ids told apart, no edge into nothing or into a trigger, no circle. */
export function isSound(draft: Draft, facts: StepFacts): boolean {
  const { steps, edges } = draft.definition;
  const byId = new Map(steps.map((step) => [step.id, step]));
  if (byId.size !== steps.length || new Set(edges.map(edgeKey)).size !== edges.length) return false;
  return edges.every(({ source, target }) => {
    const step = byId.get(target);
    const isPlausible = byId.has(source) && step !== undefined && !facts.isTrigger(step.type);
    return isPlausible && !reachableFrom(draft, target).has(source);
  });
}

/** Every step that a step comes after, nearest first. */
export function stepsBefore(draft: Draft, stepId: string): WorkflowStep[] {
  const reached = new Set([stepId]);
  for (const id of reached) for (const { source } of edgesInto(draft, id)) reached.add(source);
  reached.delete(stepId);
  return [...reached].flatMap((id) => draft.definition.steps.find((step) => step.id === id) ?? []);
}
