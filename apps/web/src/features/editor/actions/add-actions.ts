import type { WorkflowStep } from '@hookloom/contracts';
import { stepName } from '../../workflows/outline.js';
import type { Draft, StepFacts } from '../document/draft.js';
import { addStep, addStepAfter, insertStep } from '../document/edits/add-steps.js';
import { replaceStep } from '../document/edits/change-steps.js';
import { freshName, freshStepId } from '../document/step-ids.js';
import type { Place } from '../palette/usePalette.js';
import type { ActionParts } from './action-parts.js';
import { focusStep } from './focus-step.js';

/** Adding and replacing steps. */
export function addActions(parts: ActionParts) {
  const { edit, open, nameOf, say, history, catalog, facts, order, selected, openStep } = parts;

  function newStep(type: string, config: WorkflowStep['config']): WorkflowStep {
    const { steps } = history.draft.value.definition;
    const title = catalog.value.get(type)?.title ?? type;
    const id = freshStepId(title, new Set(steps.map((step) => step.id)));
    return { id, type, name: freshName(title, new Set(steps.map(stepName))), config };
  }
  return {
    /** Where the next step goes when nobody says: behind the given or chosen step, else at the loose end. */
    placeForNext(stepId?: string): Place {
      const [chosen] = selected.value;
      const open = openStep.value === '' ? undefined : openStep.value;
      const last = stepId ?? open ?? chosen ?? order().at(-1);
      return last === undefined ? { kind: 'free' } : { kind: 'after', stepId: last };
    },
    /**
     * Adds a step of a type, or replaces one, and opens its panel.
     *
     * @param config what is filled in already
     */
    add(type: string, where: Place, config: WorkflowStep['config'] = {}): void {
      const step = newStep(type, config);
      const key = where.kind === 'replace' ? 'replace' : 'add';
      const id = where.kind === 'replace' ? where.stepId : step.id;
      const label = { key: `editor.edits.${key}`, values: { name: nameOf(id) } };
      if (!edit(label, (draft) => placed(draft, step, where, facts.value))) return;
      say(key, { name: nameOf(id) });
      open(id);
      focusStep(id);
    },
  };
}

function placed(draft: Draft, step: WorkflowStep, where: Place, facts: StepFacts): Draft {
  switch (where.kind) {
    case 'after': {
      const { stepId: after, handle } = where;
      return addStepAfter(draft, { step, after, ...(handle === undefined ? {} : { handle }) }, facts);
    }
    case 'edge':
      return insertStep(draft, { step, edges: [where.edge] }, facts);
    case 'free':
      return addStep(draft, step, where.at);
    case 'replace':
      return replaceStep(draft, where.stepId, step.type, facts);
  }
}
