import type { WorkflowDefinition, WorkflowEdge, WorkflowStep } from '@hookloom/contracts';
import { stepName } from '../../workflows/outline.js';
import { edgeKey, handleOf, PLAIN_HANDLE } from '../document/draft.js';

/** One value that differs; `undefined` where it is not set. */
export interface FieldChange {
  readonly field: string;
  /** Whether it is a setting of the step's type, and not one that every step has. */
  readonly isConfig: boolean;
  readonly before: unknown;
  readonly after: unknown;
}

/** How a step differs between two documents. */
export interface StepChange {
  readonly kind: 'added' | 'removed' | 'changed';
  readonly step: WorkflowStep;
  readonly name: string;
  /** Empty for steps added and removed. */
  readonly fields: readonly FieldChange[];
}

/** An edge that only one of two documents has, by the names of its ends. */
export interface EdgeChange {
  readonly kind: 'added' | 'removed';
  readonly edge: WorkflowEdge;
  readonly from: string;
  readonly to: string;
  readonly handle: string | undefined;
}

/** All differences in behaviour; moving steps and notes is none. */
export interface Changes {
  readonly steps: readonly StepChange[];
  readonly edges: readonly EdgeChange[];
  readonly settings: readonly FieldChange[];
}

/** What happens in the second document that did not happen in the first. */
export function changesSince(before: WorkflowDefinition, after: WorkflowDefinition): Changes {
  return {
    steps: stepChanges(before, after),
    edges: edgeChanges(before, after),
    settings: differing(before.settings, after.settings, false),
  };
}

/** How many things a person would say are different. */
export function countChanges({ steps, edges, settings }: Changes): number {
  return steps.length + (edges.length > 0 ? 1 : 0) + (settings.length > 0 ? 1 : 0);
}

function stepChanges(before: WorkflowDefinition, after: WorkflowDefinition): StepChange[] {
  const old = new Map(before.steps.map((step) => [step.id, step]));
  const now = new Set(after.steps.map(({ id }) => id));
  const kept = after.steps.flatMap((step): StepChange[] => {
    const other = old.get(step.id);
    if (other === undefined) return [{ kind: 'added', step, name: stepName(step), fields: [] }];
    const fields = changedFields(other, step);
    return fields.length === 0 ? [] : [{ kind: 'changed', step, name: stepName(step), fields }];
  });
  const removed = before.steps
    .filter(({ id }) => !now.has(id))
    .map((step): StepChange => ({ kind: 'removed', step, name: stepName(step), fields: [] }));
  return [...kept, ...removed];
}

function edgeChanges(before: WorkflowDefinition, after: WorkflowDefinition): EdgeChange[] {
  const only = (one: WorkflowDefinition, other: WorkflowDefinition, kind: EdgeChange['kind']) => {
    const known = new Set(other.edges.map(edgeKey));
    const names = new Map(one.steps.map((step) => [step.id, stepName(step)]));
    return one.edges
      .filter((edge) => !known.has(edgeKey(edge)))
      .map((edge): EdgeChange => ({
        kind,
        edge,
        from: names.get(edge.source) ?? edge.source,
        to: names.get(edge.target) ?? edge.target,
        handle: handleOf(edge) === PLAIN_HANDLE ? undefined : handleOf(edge),
      }));
  };
  return [...only(after, before, 'added'), ...only(before, after, 'removed')];
}

function changedFields(before: WorkflowStep, after: WorkflowStep): FieldChange[] {
  const { config: oldConfig, id: _oldId, ...oldRest } = before;
  const { config: newConfig, id: _newId, ...newRest } = after;
  return [...differing(oldRest, newRest, false), ...differing(oldConfig, newConfig, true)];
}

function differing(before: object, after: object, isConfig: boolean): FieldChange[] {
  const old = new Map<string, unknown>(Object.entries(before));
  const now = new Map<string, unknown>(Object.entries(after));
  return [...new Set([...old.keys(), ...now.keys()])]
    .filter((field) => !isSame(old.get(field), now.get(field)))
    .map((field) => ({ field, isConfig, before: old.get(field), after: now.get(field) }));
}

/** Equal as JSON, whatever the order of fields: the server may keep them in another one. */
function isSame(one: unknown, other: unknown): boolean {
  return one === other || JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, item]) => [key, sorted(item)]));
}
