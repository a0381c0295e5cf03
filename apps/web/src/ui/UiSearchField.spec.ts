import { mount } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { nextTick } from 'vue';
import UiSearchField from './UiSearchField.vue';

const mountField = () => mount(UiSearchField, { props: { label: 'Search events', modelValue: '' } });

describe('UiSearchField', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('gives out the words once typing rests', async () => {
    const field = mountField();
    await field.get('input').setValue('re');
    await field.get('input').setValue('refund ');
    expect(field.emitted('update:modelValue')).toBeUndefined();
    await vi.advanceTimersByTimeAsync(300);
    expect(field.emitted('update:modelValue')).toEqual([['refund']]);
  });

  it('keeps what was typed while its own words came back', async () => {
    const field = mountField();
    await field.get('input').setValue('r');
    await vi.advanceTimersByTimeAsync(300);
    await field.get('input').setValue('refund');
    await field.setProps({ modelValue: 'r' });
    await nextTick();
    expect(field.get('input').element.value).toBe('refund');
  });

  it('shows words that come from elsewhere', async () => {
    const field = mountField();
    await field.setProps({ modelValue: 'from the address' });
    expect(field.get('input').element.value).toBe('from the address');
  });

  it.each([true, false])('is jumped into by / where single keys are on: %s', async (areOn) => {
    localStorage.setItem('hookloom.singleKeys', String(areOn));
    const props = { label: 'Search events', modelValue: '' };
    const field = mount(UiSearchField, { props, attachTo: document.body });
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key: '/', bubbles: true }));
    await nextTick();
    expect(document.activeElement === field.get('input').element).toBe(areOn);
    expect(field.find('kbd').exists()).toBe(areOn);
    field.unmount();
    localStorage.clear();
  });
});
