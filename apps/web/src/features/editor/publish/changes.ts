import type { WorkflowDefinition, WorkflowStep } from '@hookloom/contracts';
import { stepName } from '../../workflows/outline.js';
import { edgeKey } from '../document/draft.js';

/** One difference between two documents; moving steps and notes is none, since it changes no behaviour. */
export interface Change {
  readonly kind: 'added' | 'removed' | 'changed' | 'connections' | 'settings';
  readonly stepId?: string;
  readonly name: string;
  /** What differs of a changed step: its settings by name, and its options. */
  readonly fields: readonly string[];
}

/** What happens in the second document that did not happen in the first, step by step. */
export function changesSince(before: WorkflowDefinition, after: WorkflowDefinition): Change[] {
  const old = new Map(before.steps.map((step) => [step.id, step]));
  const now = new Set(after.steps.map(({ id }) => id));
  const steps = after.steps.flatMap((step): Change[] => {
    const other = old.get(step.id);
    if (other === undefined) return [{ kind: 'added', stepId: step.id, name: stepName(step), fields: [] }];
    const fields = changedFields(other, step);
    return fields.length === 0 ? [] : [{ kind: 'changed', stepId: step.id, name: stepName(step), fields }];
  });
  const removed = before.steps
    .filter(({ id }) => !now.has(id))
    .map((step): Change => ({ kind: 'removed', name: stepName(step), fields: [] }));
  return [...steps, ...removed, ...wholeChanges(before, after)];
}

function wholeChanges(before: WorkflowDefinition, after: WorkflowDefinition): Change[] {
  const keys = (edges: WorkflowDefinition['edges']) => edges.map(edgeKey).toSorted();
  const changes: Change[] = [];
  if (!isSame(keys(before.edges), keys(after.edges)))
    changes.push({ kind: 'connections', name: '', fields: [] });
  if (!isSame(before.settings, after.settings)) changes.push({ kind: 'settings', name: '', fields: [] });
  return changes;
}

function changedFields(before: WorkflowStep, after: WorkflowStep): string[] {
  const { config: oldConfig, ...oldRest } = before;
  const { config: newConfig, ...newRest } = after;
  return [...differing(oldConfig, newConfig), ...differing(oldRest, newRest)];
}

function differing(before: object, after: object): string[] {
  const old = new Map<string, unknown>(Object.entries(before));
  const now = new Map<string, unknown>(Object.entries(after));
  return [...new Set([...old.keys(), ...now.keys()])].filter((key) => !isSame(old.get(key), now.get(key)));
}

/** Equal as JSON, whatever the order of fields: the server may keep them in another one. */
function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, item]) => [key, sorted(item)]));
}
