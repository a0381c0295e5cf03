import { mount } from '@vue/test-utils';
import { TooltipProvider } from 'reka-ui';
import { computed, defineComponent, h, ref } from 'vue';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createI18n } from 'vue-i18n';
import type { FieldSchema } from '../../../api/step-type-details.api.js';
import { insertPath } from '../fields/field-focus.js';
import { provideFieldContext } from '../fields/field-context.js';
import { Previewer, type WorkerEars } from '../preview/previewer.js';
import FieldWidget from './FieldWidget.vue';
import { fieldsOf } from './form-fields.js';

/** A form of one field; the preview's worker answers what it is told to. */
function aField(schema: FieldSchema, initial?: unknown) {
  const value = ref<unknown>(initial);
  let ears: WorkerEars | undefined;
  const [field] = fieldsOf({ properties: { field: { title: 'Field', ...schema } }, required: ['field'] });
  if (field === undefined) throw new Error('There is no field.');
  const Form = defineComponent(() => {
    provideFieldContext({
      scope: computed(() => ({ trigger: { body: { id: 7 } } })),
      nearest: computed(() => undefined),
      steps: computed(() => new Map()),
      trigger: computed(() => ({ name: 'Order paid', kind: 'trigger' as const, icon: undefined })),
      previewer: new Previewer((given) => {
        ears = given;
        return { post: () => undefined, terminate: () => undefined };
      }),
    });
    return () =>
      h(FieldWidget, {
        field,
        value: value.value,
        path: 'field',
        problems: [],
        siblings: {},
        connectionTypes: [],
        onChange: (next: unknown) => (value.value = next),
      });
  });
  const i18n = createI18n({ legacy: false, locale: 'en', missingWarn: false, fallbackWarn: false });
  const form = mount(() => h(TooltipProvider, () => h(Form)), {
    attachTo: document.body,
    global: { plugins: [i18n] },
  });
  const named = (name: string) => form.find(`[aria-label="${name}"]`);
  const press = (text: string) =>
    form
      .findAll('button')
      .find((button) => button.text() === text)
      ?.trigger('click');
  return { form, value, named, press, ears: () => ears };
}

afterEach(() => {
  document.body.replaceChildren();
  vi.useRealTimers();
});

describe('a field', () => {
  it('of text shows a path as a chip, under its own name', () => {
    const { named } = aField({ widget: 'template' }, 'No. {{ trigger.body.id }}');
    const box = named('Field');
    expect(box.attributes('role')).toBe('textbox');
    expect(box.find('.hl-chip').text()).toBe('Order paidid');
    expect(box.attributes('aria-required')).toBe('true');
  });

  it('of text takes a path where it had the focus last', async () => {
    const { named, value } = aField({ widget: 'text' }, '');
    await named('Field').trigger('focusin');
    expect(insertPath('trigger.body.id')).toBe(true);
    expect(value.value).toBe('{{ trigger.body.id }}');
  });

  it('is not changed by looking at it as an expression', async () => {
    const { named, press, value } = aField({ widget: 'template' }, 'No. {{ trigger.body.id }}');
    await press('editor.fields.modes.expression');
    expect(named('Field').text()).toContain('"No. " & trigger.body.id');
    expect(value.value).toBe('No. {{ trigger.body.id }}');
  });

  it('of numbers takes a number, and an expression instead', async () => {
    const { form, named, value } = aField({ widget: 'number' }, 3);
    await form.find('input[type=number]').setValue('5');
    expect(value.value).toBe(5);
    expect(aField({ widget: 'number' }, '{{ trigger.body.id }}').named('Field').text()).toBe(
      'trigger.body.id',
    );
    expect(named('Field').exists()).toBe(false);
  });

  it('of choices writes what is chosen, and nothing again', async () => {
    const { form, value } = aField({ widget: 'select', enum: ['a', 'b'] });
    await form.find('select').setValue('b');
    expect(value.value).toBe('b');
    await form.find('select').setValue('');
    expect(value.value).toBeUndefined();
  });

  it('of yes or no is ticked', async () => {
    const { form, value } = aField({ type: 'boolean' });
    await form.find('input[type=checkbox]').setValue(true);
    expect(value.value).toBe(true);
  });

  it('with a list of objects draws a form for each, in an order that can be changed', async () => {
    const items = { properties: { name: { type: 'string', title: 'Name' } }, required: ['name'] };
    const { form, value, named } = aField({ type: 'array', items }, [{ name: 'a' }, { name: 'b' }]);
    expect(form.findAll('[role=textbox]').map((box) => box.text())).toEqual(['a', 'b']);
    await named('editor.list.down').trigger('click');
    expect(value.value).toEqual([{ name: 'b' }, { name: 'a' }]);
    await named('editor.list.remove').trigger('click');
    expect(value.value).toEqual([{ name: 'a' }]);
  });

  it('with a condition shows rules, and what no rules can show as an expression', async () => {
    const { form, value, named } = aField({ widget: 'condition' }, 'trigger.body.id = 7');
    expect(named('Field').text()).toBe('trigger.body.id = 7');
    await form.find('select').setValue('greater');
    expect(value.value).toBe('trigger.body.id > 7');
    const { form: other } = aField({ widget: 'condition' }, 'a and b or c');
    expect(other.find('select').exists()).toBe(false);
  });

  it('with a schedule says when it fires next, or what is wrong', async () => {
    const { form, value } = aField({ widget: 'cron' }, '0 9 * * 1-5');
    expect(form.findAll('time')).toHaveLength(5);
    await form.find('input').setValue('soon');
    expect(value.value).toBe('soon');
    expect(form.text()).toContain('editor.cron.unreadable');
  });

  it('with names and values keeps them as an object', async () => {
    const { form, value } = aField({ widget: 'key-values' }, { a: '1' });
    await form.find('input').setValue('b');
    expect(value.value).toEqual({ b: '1' });
  });

  it('says under it what it gives', async () => {
    vi.useFakeTimers();
    const { form, ears } = aField({ widget: 'template' }, '{{ trigger.body.id }}');
    await vi.advanceTimersByTimeAsync(150);
    const look = { kind: 'number', size: 1, shown: '7', isCut: false } as const;
    ears()?.onReply({ id: 1, answer: { ok: true, look } });
    await vi.advanceTimersByTimeAsync(0);
    expect(form.find('.preview .value').text()).toBe('7');
  });
});
