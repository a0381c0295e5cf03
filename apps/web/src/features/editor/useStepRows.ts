import type { WorkflowEdge, WorkflowProblem, WorkflowStep } from '@hookloom/contracts';
import { computed, toValue, type MaybeRefOrGetter } from 'vue';
import { useI18n } from 'vue-i18n';
import type { Kind } from '../../ui/step-icons.js';
import { branchLabelOf } from '../workflows/branch-label.js';
import { outlineOf, stepName } from '../workflows/outline.js';
import { stepSummary } from '../workflows/step-summary.js';
import { shownHandles, type Catalog } from './catalog/step-facts.js';
import { ERROR_HANDLE, handleOf, type Draft, type StepFacts } from './document/draft.js';
import { groupBy } from './group-by.js';

/** A way out of a step, with the word on its pill where there are several. */
export interface StepHandle {
  readonly id: string;
  readonly label: string;
  readonly isFree: boolean;
}

/** One step with all that the canvas and the outline show of it; of a run only what is added later. */
export interface StepRow {
  readonly step: WorkflowStep;
  readonly id: string;
  readonly name: string;
  /** Counted from 1, in the order the steps run. */
  readonly number: number;
  readonly total: number;
  readonly depth: number;
  readonly branch: string | undefined;
  readonly isJoin: boolean;
  readonly isTrigger: boolean;
  readonly title: string;
  readonly kind: Kind;
  readonly icon: string | undefined;
  readonly summary: string;
  readonly handles: readonly StepHandle[];
  readonly problems: readonly WorkflowProblem[];
  /** What the step's button is called for those who do not see it. */
  readonly label: string;
}

const NONE: readonly never[] = [];

interface Sources {
  readonly draft: MaybeRefOrGetter<Draft>;
  readonly catalog: MaybeRefOrGetter<Catalog>;
  readonly facts: MaybeRefOrGetter<StepFacts>;
  readonly problems: MaybeRefOrGetter<readonly WorkflowProblem[]>;
}

/** The steps in the order they run, as people see them. */
export function useStepRows(sources: Sources) {
  const { t } = useI18n();

  function labelOf(from: WorkflowStep, handle: string): string {
    const label = branchLabelOf({ from, handle });
    if (label.kind !== 'text') return t(`outline.${label.kind}`);
    return label.text === 'out' ? t('editor.next') : label.text;
  }
  function toHandles(step: WorkflowStep, out: readonly WorkflowEdge[], facts: StepFacts): StepHandle[] {
    return shownHandles(step, out, facts).map((id) => ({
      id,
      label: id === ERROR_HANDLE ? t('outline.error') : labelOf(step, id),
      isFree: !out.some((edge) => handleOf(edge) === id),
    }));
  }
  let known: ReadonlyMap<string, StepRow> = new Map();
  return computed((): StepRow[] => {
    const draft = toValue(sources.draft);
    const catalog = toValue(sources.catalog);
    const facts = toValue(sources.facts);
    const problems = groupBy(toValue(sources.problems), ({ stepId }) => stepId);
    const outline = outlineOf(draft.definition);
    const leaving = groupBy(draft.definition.edges, ({ source }) => source);
    const rows = outline.map(({ step, depth, branch, isJoin }, at): StepRow => {
      const type = catalog.get(step.type);
      const own = problems.get(step.id) ?? NONE;
      const name = stepName(step);
      const title = type?.title ?? step.type;
      const words = { n: at + 1, of: outline.length, name };
      const more = own.length > 0 ? `, ${t('editor.problems', own.length)}` : '';
      return {
        step,
        id: step.id,
        name,
        number: at + 1,
        total: outline.length,
        depth,
        branch: branch && labelOf(branch.from, branch.handle),
        isJoin,
        isTrigger: facts.isTrigger(step.type),
        title,
        kind: type?.kind ?? (facts.isTrigger(step.type) ? 'trigger' : 'data'),
        icon: type?.icon,
        summary: stepSummary(type?.summary, step.config) || title,
        handles: toHandles(step, leaving.get(step.id) ?? NONE, facts),
        problems: own,
        label: `${t('outline.item', words)}, ${title}${more}`,
      };
    });
    const kept = rows.map((row) => keptRow(known.get(row.id), row));
    known = new Map(kept.map((row) => [row.id, row]));
    return kept;
  });
}

/** The row of before where nothing in it is new, so that its card is not drawn again. */
function keptRow(before: StepRow | undefined, row: StepRow): StepRow {
  return before !== undefined && isSame(before, row, 2) ? before : row;
}

/** Whether two values hold the same, looking `levels` deep. */
function isSame(one: unknown, other: unknown, levels: number): boolean {
  if (Object.is(one, other)) return true;
  const isDeep = typeof one === 'object' && typeof other === 'object' && one !== null && other !== null;
  if (levels < 0 || !isDeep) return false;
  const before = Object.entries(one);
  const after = new Map(Object.entries(other));
  return (
    before.length === after.size && before.every(([key, value]) => isSame(value, after.get(key), levels - 1))
  );
}
