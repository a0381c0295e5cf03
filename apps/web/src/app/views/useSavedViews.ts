import { useLocalStorage } from '@vueuse/core';
import { computed, toValue, type MaybeRefOrGetter } from 'vue';
import type { LocationQuery } from 'vue-router';

/** A list with views, by its page's name. */
export type ViewedList = 'events' | 'runs';

/** Filters of a list under a name. */
export interface SavedView {
  readonly name: string;
  readonly query: Readonly<Record<string, string>>;
}

/** What an address carries besides filters. */
const OTHERS = new Set(['tab', 'view', 'replay', 'batch']);
const STORED_AS = { events: 'hookloom.eventViews', runs: 'hookloom.runViews' } as const;

/**
 * Views that were saved in this browser. The address carries every filter, so a view is shared by sharing it; what is
 * kept here are the names.
 */
export function useSavedViews(list: ViewedList, address: MaybeRefOrGetter<LocationQuery>) {
  const stored = useLocalStorage<readonly SavedView[]>(STORED_AS[list], []);
  const shown = computed(() => filtersOf(toValue(address)));
  return {
    views: stored,
    /** The one whose filters the page shows. */
    current: computed(() => stored.value.find(({ query }) => isSame(query, shown.value))),
    /** Keeps the page's filters; a view of the same name is replaced. */
    save: (name: string): void => {
      const others = stored.value.filter((view) => view.name !== name);
      stored.value = [...others, { name, query: shown.value }].toSorted((a, b) =>
        a.name.localeCompare(b.name),
      );
    },
    remove: ({ name }: SavedView): void => {
      stored.value = stored.value.filter((view) => view.name !== name);
    },
  };
}

function filtersOf(query: LocationQuery): Record<string, string> {
  return Object.fromEntries(
    Object.entries(query).flatMap(([name, value]) =>
      typeof value === 'string' && !OTHERS.has(name) ? [[name, value]] : [],
    ),
  );
}

function isSame(one: SavedView['query'], other: SavedView['query']): boolean {
  const names = Object.keys(one);
  return names.length === Object.keys(other).length && names.every((name) => one[name] === other[name]);
}
