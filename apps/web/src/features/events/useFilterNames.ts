import { computed, toValue, type MaybeRefOrGetter } from 'vue';
import { useI18n } from 'vue-i18n';
import { useEndpoints } from '../../api/lookups.js';
import { NAME_OF_FILTER, type EventsFilter, type FilterName } from './useEvents.js';

type FilterPart = keyof typeof NAME_OF_FILTER;

/** One filter that is set, in words. */
export interface SetFilter {
  readonly part: FilterPart;
  readonly name: FilterName;
  readonly label: string;
  readonly value: string;
}

const PARTS = ['q', 'endpointId', 'status', 'type', 'signature', 'answer', 'range'] as const;

/** The filters that narrow the list of events, as people read them. */
export function useFilterNames(filters: MaybeRefOrGetter<EventsFilter>) {
  const { t } = useI18n();
  const { byId } = useEndpoints();
  const labels = (): Record<FilterPart, string> => ({
    q: t('events.text'),
    endpointId: t('filters.endpoint'),
    status: t('filters.status'),
    type: t('filters.type'),
    signature: t('events.signature'),
    answer: t('events.answer'),
    range: t('filters.time'),
  });
  function inWords(part: FilterPart, value: string): string {
    if (part === 'endpointId') return byId.value.get(value)?.name ?? value;
    if (part === 'range') return t(`ranges.${value}`);
    if (part === 'status') return t(`status.${value}`);
    return part === 'signature' ? t(`signature.${value}`) : value;
  }
  return computed((): SetFilter[] =>
    PARTS.flatMap((part) => {
      const value = toValue(filters)[part];
      if (value === undefined || value === '') return [];
      const name = NAME_OF_FILTER[part];
      return [{ part, name, label: labels()[part], value: inWords(part, value) }];
    }),
  );
}
