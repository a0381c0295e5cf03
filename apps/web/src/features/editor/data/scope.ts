import type { EventDetail, WorkflowStep } from '@hookloom/contracts';
import type { Draft } from '../document/draft.js';
import { edgesInto } from '../document/graph.js';

/** What expressions of a step would see, with the names that the run gives them. */
export interface SampleScope {
  readonly trigger: unknown;
  /** Outputs by step id; a step whose output nobody knows yet is left out. */
  readonly steps: Record<string, unknown>;
  readonly input: unknown;
  readonly vars: Record<string, unknown>;
  readonly run: Record<string, unknown>;
  readonly item?: unknown;
  readonly index?: number;
}

export interface KnownData {
  readonly trigger: unknown;
  /** By step id: what each step is known to give. */
  readonly outputs: ReadonlyMap<string, unknown>;
  readonly vars: Record<string, unknown>;
  readonly run: Record<string, unknown>;
  isTrigger(step: WorkflowStep): boolean;
  /** Whether a step of this type hands its input on when nothing else is known of it. */
  passesOn(step: WorkflowStep): boolean;
}

/** The scope of a step, from what is known before it has run. */
export function scopeOf(draft: Draft, stepId: string, known: KnownData): SampleScope {
  const outputs = new Map<string, unknown>();
  for (const step of draft.definition.steps) {
    const output = outputOf(draft, step, known, new Set());
    if (output !== undefined) outputs.set(step.id, output);
  }
  const self = draft.definition.steps.find(({ id }) => id === stepId);
  const input = self && known.isTrigger(self) ? known.trigger : inputOf(draft, stepId, known, new Set());
  return {
    trigger: known.trigger,
    steps: Object.fromEntries(outputs),
    input,
    vars: known.vars,
    run: known.run,
  };
}

/** The output of the step before; with several, an object by step id. `undefined`: not known. */
function inputOf(draft: Draft, stepId: string, known: KnownData, seen: Set<string>): unknown {
  const sources = [...new Set(edgesInto(draft, stepId).map(({ source }) => source))];
  const outputs = sources.flatMap((id) => {
    const step = draft.definition.steps.find((each) => each.id === id);
    const output = step && outputOf(draft, step, known, seen);
    return output === undefined ? [] : [[id, output] as const];
  });
  return sources.length > 1 && outputs.length > 0 ? Object.fromEntries(outputs) : outputs[0]?.[1];
}

function outputOf(draft: Draft, step: WorkflowStep, known: KnownData, seen: Set<string>): unknown {
  if (known.isTrigger(step)) return known.trigger;
  if (step.disabled !== true && known.outputs.has(step.id)) return known.outputs.get(step.id);
  if (step.disabled !== true && !known.passesOn(step)) return undefined;
  // A draft may hold a circle while it is edited in another tab.
  if (seen.has(step.id)) return undefined;
  return inputOf(draft, step.id, known, new Set([...seen, step.id]));
}

/** An event as the expression `trigger` has it, what people map first. */
export function triggerOf(event: EventDetail, sender: string | undefined): object {
  const { id, receivedAt, method, headers, query, body, type } = event;
  const all = { body, type, sender, headers, query, method, id, receivedAt };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}
