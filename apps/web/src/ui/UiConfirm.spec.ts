import { mount } from '@vue/test-utils';
import { expect, it } from 'vitest';
import { i18n } from '../app/i18n.js';
import UiConfirm from './UiConfirm.vue';

it('tells that it was confirmed before it closes, so that what it was about is still known', async () => {
  const order: string[] = [];
  const wrapper = mount(UiConfirm, {
    attachTo: document.body,
    global: { plugins: [i18n] },
    props: {
      isOpen: true,
      title: 'Revoke it?',
      text: 'It ends.',
      action: 'Revoke',
      onConfirm: () => order.push('confirm'),
      onClose: () => order.push('close'),
    },
  });
  await wrapper.vm.$nextTick();
  const buttons = [...document.querySelectorAll('button')];
  buttons.find(({ textContent }) => textContent?.includes('Revoke'))?.click();
  expect(order).toEqual(['confirm', 'close']);
  wrapper.unmount();
});
