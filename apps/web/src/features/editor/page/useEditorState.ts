import type { WorkflowView } from '@hookloom/contracts';
import { useQueryClient } from '@tanstack/vue-query';
import { computed, ref, shallowRef, toValue, watch, type MaybeRefOrGetter } from 'vue';
import { draftsApi } from '../../../api/drafts.api.js';
import { useErrorSentences } from '../../../api/useErrorSentences.js';
import { workflowsApi } from '../../../api/workflows.api.js';
import { useUrlText } from '../../../app/useUrlText.js';
import { useEditorActions } from '../actions/useEditorActions.js';
import { useLinking } from '../actions/useLinking.js';
import type { Catalog } from '../catalog/step-facts.js';
import { useKnownData } from '../data/useKnownData.js';
import { usePins } from '../data/usePins.js';
import type { StepFacts } from '../document/draft.js';
import { standingProblems } from '../document/standing-problems.js';
import type { Editor } from '../editor-context.js';
import { usePalette } from '../palette/usePalette.js';
import { useSample } from '../run/useSample.js';
import { useTests } from '../run/useTests.js';
import { useTestRun } from '../run/useTestRun.js';
import { useSettingsShown } from '../settings/useSettingsShown.js';
import { useHistory } from '../saving/useHistory.js';
import { toDraft, useSaving } from '../saving/useSaving.js';
import { useStepRows } from '../useStepRows.js';
import { useCalm } from './useCalm.js';

interface Opened {
  /** What the last look at the server showed. */
  readonly looked: MaybeRefOrGetter<WorkflowView>;
  readonly catalog: MaybeRefOrGetter<Catalog>;
  readonly facts: MaybeRefOrGetter<StepFacts>;
}

/** Everything that an open workflow is edited with. */
export function useEditorState({ looked, catalog: types, facts: knownFacts }: Opened): Editor {
  const first = toValue(looked);
  const { id } = first;
  const client = useQueryClient();
  const toSentences = useErrorSentences();
  const catalog = computed(() => toValue(types));
  const facts = computed(() => toValue(knownFacts));
  const history = useHistory(toDraft(first));
  const saving = useSaving(history, first, {
    save: async (update) => {
      const view = await draftsApi.save(id, update);
      client.setQueryData(['workflow', id], view);
      void client.invalidateQueries({ queryKey: ['endpoints'] });
      return view;
    },
    load: () => workflowsApi.get(id),
    toSentences,
  });
  watch(() => toValue(looked), saving.noteServer);

  const problems = computed(() => {
    const { problems: found, definition } = saving.server.value;
    return standingProblems(found, definition, history.draft.value.definition);
  });
  const rows = useStepRows({ draft: history.draft, catalog, facts, problems });
  const selected = shallowRef<ReadonlySet<string>>(new Set());
  const openStep = useUrlText('step');
  const order = () => rows.value.map((row) => row.id);
  const actions = useEditorActions({ history, catalog, facts, order, selected, openStep });
  const run = useTestRun(id);
  const sample = useSample(id, history.draft);
  const pins = usePins({ workflowId: id, results: run.results, flush: () => saving.flush() });
  const { draft } = history;
  const known = useKnownData({ workflowId: id, draft, catalog, facts, saving, run, sample, pins });
  const isPublishing = ref(false);
  return {
    workflowId: id,
    draft: history.draft,
    history,
    saving,
    catalog,
    facts,
    rows,
    problems,
    selected,
    openStep,
    wantedField: shallowRef(),
    palette: usePalette(),
    run,
    sample,
    pins,
    known,
    tests: useTests({ draft, saving, run, sample, known }),
    actions,
    linking: useLinking({ draft: history.draft, facts, rows }),
    isFinding: ref(false),
    isPublishing,
    calm: useCalm({ atOpen: first.problems, isPublishing }),
    settingsShown: useSettingsShown(),
  };
}
