import { StepId, type WorkflowDefinition, type WorkflowStep } from '@hookloom/contracts';
import { renameStepReferences, scanTemplate } from '@hookloom/expressions/browser';
import { findStep, withDefinition, type Draft, type StepFacts } from '../draft.js';
import { withGroupSteps } from './groups.js';

/**
 * Gives a step another id and writes it wherever expressions, edges and the layout name the old one.
 *
 * @returns the same draft when the id is taken or no step id
 */
export function changeStepId(
  draft: Draft,
  { from, to }: { readonly from: string; readonly to: string },
  facts: StepFacts,
): Draft {
  const isFree = findStep(draft, from) !== undefined && findStep(draft, to) === undefined;
  if (!isFree || !StepId.safeParse(to).success) return draft;
  const renamed = (id: string) => (id === from ? to : id);
  const { steps, edges, layout } = draft.definition;
  const change: Partial<WorkflowDefinition> = {
    steps: steps.map((step) => {
      const rewritten = withReferencesRenamed(step, from, to, facts);
      return step.id === from ? { ...rewritten, id: to } : rewritten;
    }),
    edges: edges.map((edge) => ({ ...edge, source: renamed(edge.source), target: renamed(edge.target) })),
  };
  if (layout?.positions) {
    const places = Object.entries(layout.positions).map(([id, place]) => [renamed(id), place] as const);
    change.layout = { ...layout, positions: Object.fromEntries(places) };
  }
  return withGroupSteps(withDefinition(draft, change), renamed);
}

/** The step with every `steps.<from>` in its settings reading `steps.<to>`; the same step where there is none. */
export function withReferencesRenamed(
  step: WorkflowStep,
  from: string,
  to: string,
  facts: StepFacts,
): WorkflowStep {
  const bare = facts.bareExpressionsOf(step.type).map((pattern) => pattern.split('.'));
  const isBare = (path: readonly string[]) =>
    bare.some(
      (parts) => parts.length === path.length && parts.every((part, at) => part === '*' || part === path[at]),
    );
  const rewrite = (value: unknown, path: readonly string[]): unknown => {
    if (typeof value === 'string') {
      return isBare(path) ? renameStepReferences(value, from, to) : renamedInTemplate(value, from, to);
    }
    if (Array.isArray(value)) {
      return kept(
        value,
        value.map((item, at) => rewrite(item, [...path, String(at)])),
      );
    }
    if (typeof value !== 'object' || value === null) return value;
    const before = Object.entries(value);
    const after = before.map(([key, item]) => [key, rewrite(item, [...path, key])] as const);
    return after.some(([, item], at) => item !== before[at]?.[1]) ? Object.fromEntries(after) : value;
  };
  const config = rewriteConfig(step.config, (value, field) => rewrite(value, [field]));
  return config === step.config ? step : { ...step, config };
}

function rewriteConfig(
  config: WorkflowStep['config'],
  rewrite: (value: unknown, field: string) => unknown,
): WorkflowStep['config'] {
  const after = Object.entries(config).map(([field, value]) => [field, rewrite(value, field)] as const);
  return after.every(([field, value]) => value === config[field]) ? config : Object.fromEntries(after);
}

function kept(before: readonly unknown[], after: readonly unknown[]): readonly unknown[] {
  return after.every((item, at) => item === before[at]) ? before : after;
}

function renamedInTemplate(text: string, from: string, to: string): string {
  if (!text.includes('{{')) return text;
  const template = scanTemplate(text);
  if (!template.ok) return text;
  let result = '';
  let copied = 0;
  for (const part of template.parts) {
    if (part.kind === 'text') continue;
    result += text.slice(copied, part.position) + renameStepReferences(part.source, from, to);
    copied = part.position + part.source.length;
  }
  return result + text.slice(copied);
}
