import { mount } from '@vue/test-utils';
import { TooltipProvider } from 'reka-ui';
import { describe, expect, it } from 'vitest';
import { h } from 'vue';
import { i18n } from '../../../app/i18n.js';
import DataView from './DataView.vue';

function aView(value: unknown) {
  const props = { value, path: 'input', title: 'Input', label: 'Input data' };
  const view = () => h(DataView, props, { default: () => 'Not known yet.' });
  return mount(() => h(TooltipProvider, null, { default: view }), {
    global: { plugins: [i18n] },
    attachTo: document.body,
  });
}

describe('DataView', () => {
  it('is a region with the tabs Schema, Table and JSON', () => {
    const view = aView({ a: 1 });
    expect(view.get('[role=region]').attributes('aria-label')).toBe('Input data');
    expect(view.get('[role=tablist]').attributes('aria-label')).toBe('Data view');
    expect(view.findAll('[role=tab]').map((tab) => tab.text())).toEqual(['Schema', 'Table', 'JSON']);
    view.unmount();
  });
  it('says why there is nothing where there is no value', () => {
    const view = aView(undefined);
    expect(view.text()).toContain('Not known yet.');
    expect(view.find('[type=search]').exists()).toBe(false);
    view.unmount();
  });
});
