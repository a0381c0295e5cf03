import type { RunSummary, WorkflowStep } from '@hookloom/contracts';
import { useQuery } from '@tanstack/vue-query';
import { computed, toValue, type MaybeRefOrGetter } from 'vue';
import { useI18n } from 'vue-i18n';
import { runsApi, type RetryChoice } from '../../api/runs.api.js';
import { stepName } from '../workflows/outline.js';

interface Asked {
  readonly run: MaybeRefOrGetter<Pick<RunSummary, 'id' | 'finishedAt'> | undefined>;
  /** `undefined`: nothing is asked. */
  readonly how: MaybeRefOrGetter<RetryChoice | undefined>;
  readonly steps: MaybeRefOrGetter<ReadonlyMap<string, WorkflowStep>>;
}

const MOST_NAMES = 5;

/** What a retry would keep and do again, in a sentence. */
export function useForecast({ run, how, steps }: Asked) {
  const { t } = useI18n();
  const { data, error } = useQuery({
    // Not below the run's own key: what is told about a run that goes on again must not be asked anew.
    queryKey: computed(() => ['forecast', toValue(run)?.id, toValue(run)?.finishedAt, toValue(how)]),
    queryFn: ({ signal }) => runsApi.foresee(toValue(run)?.id ?? '', toValue(how) ?? {}, signal),
    enabled: () => toValue(run) !== undefined && toValue(how) !== undefined,
    staleTime: Infinity,
    retry: false,
  });
  const sentence = computed(() => {
    if (data.value === undefined) return undefined;
    const { kept, again } = data.value;
    const names = again.slice(0, MOST_NAMES).map((id) => {
      const step = toValue(steps).get(id);
      return step ? stepName(step) : id;
    });
    const list = names.join(', ') + (again.length > MOST_NAMES ? ' …' : '');
    return `${t('run.keep', kept.length)} ${t('run.willRun', { n: again.length, names: list }, again.length)}`;
  });
  return { sentence, forecast: data, error };
}
