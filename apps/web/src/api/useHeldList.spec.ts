import { describe, expect, it } from 'vitest';
import { nextTick, ref } from 'vue';
import { useHeldList } from './useHeldList.js';

const rows = (...ids: string[]) => ids.map((id) => ({ id }));

describe('useHeldList', () => {
  it('shows everything at once while nobody reads', () => {
    const items = ref(rows('2', '1'));
    const { shown, newCount } = useHeldList(items, false, 'all');
    items.value = rows('3', '2', '1');
    expect([shown.value.length, newCount.value]).toEqual([3, 0]);
  });
  it('only counts what arrives while it is held, until asked', async () => {
    const items = ref(rows('2', '1'));
    const isHeld = ref(true);
    const { shown, newCount, showNew } = useHeldList(items, isHeld, 'all');
    items.value = rows('4', '3', '2', '1');
    expect([shown.value.map(({ id }) => id), newCount.value]).toEqual([['2', '1'], 2]);
    showNew();
    expect([shown.value.length, newCount.value]).toEqual([4, 0]);
    items.value = rows('5', '4');
    isHeld.value = false;
    await nextTick();
    expect(shown.value).toHaveLength(2);
  });
  it('holds from the first rows that arrive, and anew when another list is shown', async () => {
    const items = ref(rows());
    const filter = ref('all');
    const { shown, newCount } = useHeldList(items, true, filter);
    items.value = rows('2', '1');
    await nextTick();
    items.value = rows('3', '2', '1');
    await nextTick();
    expect([shown.value.length, newCount.value]).toEqual([2, 1]);
    filter.value = 'rejected';
    items.value = rows('9');
    await nextTick();
    expect([shown.value.length, newCount.value]).toEqual([1, 0]);
  });
});
