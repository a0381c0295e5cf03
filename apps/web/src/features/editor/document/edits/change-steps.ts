import type { WorkflowStep } from '@hookloom/contracts';
import {
  anEdge,
  edgeKey,
  ERROR_HANDLE,
  findStep,
  handleOf,
  withDefinition,
  withStep,
  type Draft,
  type StepFacts,
} from '../draft.js';

/** Changes what people call a step; its id, which expressions use, stays. */
export function renameStep(draft: Draft, id: string, name: string): Draft {
  return withStep(draft, id, (step) => (step.name === name ? step : { ...step, name }));
}

export function renameWorkflow(draft: Draft, name: string): Draft {
  return draft.name === name ? draft : { ...draft, name };
}

/** Writes one setting; `undefined` takes it out. */
export function setConfig(draft: Draft, id: string, field: string, value: unknown): Draft {
  return withStep(draft, id, (step) => {
    if (Object.is(step.config[field], value)) return step;
    const { [field]: _before, ...others } = step.config;
    if (value === undefined) return { ...step, config: others };
    // A field that stands there keeps its place.
    return { ...step, config: { ...step.config, [field]: value } };
  });
}

/** What every step may have beside its settings. */
export type StepOptions = Omit<WorkflowStep, 'id' | 'type' | 'name' | 'config'>;
/** Options to write; `undefined` takes one out. */
export type StepChanges = { readonly [Option in keyof StepOptions]: StepOptions[Option] | undefined };

/** Writes options; `undefined` takes one out. Where errors no longer branch, the edges of that branch go. */
export function setOptions(draft: Draft, id: string, changes: StepChanges): Draft {
  const changed = withStep(draft, id, (step) => {
    const next: Record<string, unknown> = { ...step, ...changes };
    for (const [option, value] of Object.entries(changes)) if (value === undefined) delete next[option];
    const { id: _id, type: _type, name: _name, config: _config, ...options } = next;
    const kept = step.name === undefined ? {} : { name: step.name };
    return { id: step.id, type: step.type, ...kept, config: step.config, ...options };
  });
  if (!('onError' in changes) || changes.onError === 'branch') return changed;
  const edges = changed.definition.edges.filter(
    (edge) => edge.source !== id || handleOf(edge) !== ERROR_HANDLE,
  );
  return edges.length === changed.definition.edges.length ? changed : withDefinition(changed, { edges });
}

export function setDisabled(draft: Draft, ids: Iterable<string>, isDisabled: boolean): Draft {
  let result = draft;
  for (const id of ids) {
    const isAlready = (findStep(result, id)?.disabled ?? false) === isDisabled;
    if (!isAlready) result = setOptions(result, id, { disabled: isDisabled ? true : undefined });
  }
  return result;
}

/**
 * Puts another step type in a step's place: position, name, connections and settings of the same name stay.
 * Edges of a handle that the new type does not have leave by its first one. A trigger is replaced by triggers only.
 */
export function replaceStep(draft: Draft, id: string, type: string, facts: StepFacts): Draft {
  const before = findStep(draft, id);
  if (
    before === undefined ||
    before.type === type ||
    facts.isTrigger(before.type) !== facts.isTrigger(type)
  ) {
    return draft;
  }
  const fields = new Set(facts.fieldsOf(type));
  const config = Object.fromEntries(Object.entries(before.config).filter(([field]) => fields.has(field)));
  const step = { ...before, type, config };
  const handles = facts.handlesOf(step);
  const edges = draft.definition.edges.flatMap((edge) => {
    if (edge.source !== id || handles.includes(handleOf(edge))) return [edge];
    return handles[0] === undefined ? [] : [anEdge(id, handles[0], edge.target)];
  });
  const unique = new Map(edges.map((edge) => [edgeKey(edge), edge]));
  return withDefinition(
    withStep(draft, id, () => step),
    { edges: [...unique.values()] },
  );
}
