import { useQuery, useQueryClient } from '@tanstack/vue-query';
import { computed, ref, shallowRef } from 'vue';
import { useI18n } from 'vue-i18n';
import { connectionsApi } from '../../../api/connections.api.js';
import { draftsApi, type CheckedWorkflow, type ImportedWorkflow } from '../../../api/drafts.api.js';
import { useErrorSentences, type ErrorSentences } from '../../../api/useErrorSentences.js';
import { useCatalog } from '../catalog/useCatalog.js';
import { fittingConnections, neededConnections, withConnections } from './needed-connections.js';

/** The way of an import: read, look at, choose connections, bring in. */
export function useImport() {
  const { t } = useI18n();
  const client = useQueryClient();
  const toSentences = useErrorSentences();
  const { catalog } = useCatalog();
  const { data } = useQuery({
    queryKey: ['connections'],
    queryFn: ({ signal }) => connectionsApi.list(signal),
  });
  const isBusy = ref(false);
  const problem = ref<ErrorSentences>();
  const checked = shallowRef<readonly CheckedWorkflow[]>();
  const imported = shallowRef<readonly ImportedWorkflow[]>();
  /** By the key in the file. */
  const chosen = shallowRef<ReadonlyMap<string, string>>(new Map());
  const needs = computed(() =>
    neededConnections(checked.value ?? [], catalog.value).map((needed) => ({
      ...needed,
      fitting: fittingConnections(needed, data.value?.items ?? []),
      isHere: data.value?.items.some(({ key }) => key === needed.key) === true,
    })),
  );

  async function attempt(work: () => Promise<void>): Promise<void> {
    isBusy.value = true;
    problem.value = undefined;
    try {
      await work();
    } catch (error) {
      problem.value = toSentences(error);
    } finally {
      isBusy.value = false;
    }
  }
  return {
    catalog,
    isBusy,
    problem,
    checked,
    imported,
    chosen,
    needs,
    /** @param source what the text is called in an error: its file's name */
    async read(text: string, source: string): Promise<void> {
      const documents = readJson(text);
      if (documents === undefined) {
        problem.value = {
          title: t('editor.import.notJson', { source }),
          text: t('editor.import.notJsonText'),
        };
        return;
      }
      await attempt(async () => {
        checked.value = (await draftsApi.checkImport(documents)).workflows;
        chosen.value = new Map();
      });
    },
    async bringIn(): Promise<void> {
      await attempt(async () => {
        const documents = (checked.value ?? []).map(({ name, key, definition }) =>
          withConnections({ name, key, definition }, chosen.value),
        );
        imported.value = (await draftsApi.importAll(documents)).workflows;
        void client.invalidateQueries({ queryKey: ['workflows'] });
        void client.invalidateQueries({ queryKey: ['endpoints'] });
      });
    },
    choose(key: string, other: string): void {
      const next = new Map(chosen.value);
      if (other === '') next.delete(key);
      else next.set(key, other);
      chosen.value = next;
    },
    back(): void {
      checked.value = undefined;
      problem.value = undefined;
    },
  };
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
