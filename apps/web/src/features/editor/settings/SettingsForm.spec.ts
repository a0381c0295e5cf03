import type { WorkflowProblem, WorkflowSettings } from '@hookloom/contracts';
import { mount } from '@vue/test-utils';
import { TooltipProvider } from 'reka-ui';
import { computed, defineComponent, h, ref } from 'vue';
import { afterEach, describe, expect, it } from 'vitest';
import { createI18n } from 'vue-i18n';
import { en } from '../../../app/messages.js';
import { setWorkflowSetting } from '../document/edits/change-settings.js';
import { aDraft, hook } from '../document/facts.fixture.js';
import { provideFieldContext } from '../fields/field-context.js';
import { findField } from '../panel/find-field.js';
import { Previewer } from '../preview/previewer.js';
import SettingsForm from './SettingsForm.vue';

/** The form over a draft that takes its edits. */
function aForm(settings: WorkflowSettings = {}, problems: readonly WorkflowProblem[] = []) {
  const { name, definition } = aDraft(hook);
  const draft = ref({ name, definition: { ...definition, settings } });
  const Form = defineComponent(() => {
    provideFieldContext({
      scope: computed(() => ({ trigger: { body: { order_id: 17 } } })),
      nearest: computed(() => undefined),
      steps: computed(() => new Map()),
      trigger: computed(() => ({ name: 'Order', kind: 'trigger' as const, icon: undefined })),
      previewer: new Previewer(() => ({ post: () => undefined, terminate: () => undefined })),
    });
    return () =>
      h(SettingsForm, {
        settings: draft.value.definition.settings,
        problems,
        onChange: (setting, _title, value) => (draft.value = setWorkflowSetting(draft.value, setting, value)),
      });
  });
  const form = mount(() => h(TooltipProvider, () => h(Form)), {
    attachTo: document.body,
    global: { plugins: [createI18n({ legacy: false, locale: 'en', messages: { en } })] },
  });
  const at = (path: string) => form.find(`[data-field="${path}"]`);
  return { form, at, settings: () => draft.value.definition.settings };
}

afterEach(() => document.body.replaceChildren());

describe('the form of a workflow’s settings', () => {
  it('says in words what every setting is and does, for all that the contract declares', () => {
    const lane = { key: 'trigger.body.order_id', mode: 'debounce', seconds: 5 } as const;
    const { form, at } = aForm({ lane, rateLimits: [{ host: 'api.example.com', limit: 5 }] });
    for (const path of ['timeoutSeconds', 'maxConcurrentRuns', 'lane', 'rateLimits', 'retry']) {
      expect(at(path).exists(), path).toBe(true);
    }
    const names = ['lane.key', 'lane.concurrency', 'lane.mode', 'lane.seconds'];
    for (const path of [...names, 'rateLimits.0.host', 'rateLimits.0.limit', 'rateLimits.0.seconds']) {
      expect(at(path).find('label').text(), path).not.toBe(path.split('.').at(-1));
      expect(at(path).find('[id$="-hint"]').exists(), path).toBe(true);
    }
    expect(form.text()).not.toContain('editor.');
  });

  it('writes numbers, takes them out when cleared, and keeps to what the contract allows', async () => {
    const { at, settings } = aForm();
    const input = at('maxConcurrentRuns').find('input');
    expect(input.attributes()).toMatchObject({ min: '1', max: '100000', placeholder: 'No limit' });
    await input.setValue('5');
    expect(settings()).toEqual({ maxConcurrentRuns: 5 });
    await input.setValue('');
    expect(settings()).toEqual({});
  });

  it('asks for a quiet time only where a lane waits for it', async () => {
    const { at, settings } = aForm({ lane: { key: 'trigger.body.order_id' } });
    expect(at('lane.seconds').exists()).toBe(false);
    await at('lane.mode').find('select').setValue('debounce');
    expect(settings().lane).toEqual({ key: 'trigger.body.order_id', mode: 'debounce' });
    await at('lane.seconds').find('input').setValue('30');
    expect(settings().lane).toMatchObject({ seconds: 30 });
  });

  it('adds a limit that can be saved before its host is known', async () => {
    const { at, settings } = aForm();
    await at('rateLimits').find('button').trigger('click');
    expect(settings().rateLimits).toEqual([{ host: '', limit: 1 }]);
    await at('rateLimits.0.host').find('input').setValue('api.example.com');
    expect(settings().rateLimits).toEqual([{ host: 'api.example.com', limit: 1 }]);
  });

  it('keeps attempts for all steps, pauses in seconds', async () => {
    const { at, settings } = aForm({ retry: { factor: 3 } });
    const [most, first] = at('retry').findAll('input');
    await most?.setValue('4');
    await first?.setValue('1.5');
    expect(settings().retry).toEqual({ factor: 3, maxAttempts: 4, initialDelayMs: 1_500 });
    await most?.setValue('0');
    expect(settings().retry?.maxAttempts).toBe(4);
  });

  it('takes how pauses grow and spread, and says when attempts come of it', async () => {
    const { at, settings } = aForm();
    const retry = at('retry');
    const [most, first, , factor] = retry.findAll('input');
    const plan = () => retry.find('[role=status]').text();
    expect(plan()).toContain('at most 2 s, 4 s, 8 s, 16 s, 32 s, 64 s, …');
    await most?.setValue('3');
    await first?.setValue('10');
    await factor?.setValue('1.5');
    await retry.find('select').setValue('none');
    expect(settings().retry).toEqual({ maxAttempts: 3, initialDelayMs: 10_000, factor: 1.5, jitter: 'none' });
    expect(plan()).toBe('Tried at once, then after 10 s, 15 s: 25 s in all.');
    await factor?.setValue('11');
    expect(settings().retry?.factor).toBe(1.5);
    expect(retry.text()).toContain('Write a number from 1 to 10.');
    await retry.find('select').setValue('');
    expect(settings().retry).not.toHaveProperty('jitter');
  });

  it('says what is wrong at the field, which a problem leads to', () => {
    const problem: WorkflowProblem = {
      code: 'missing_field',
      path: 'settings.rateLimits.1.host',
      message: 'Say which host the limit is for.',
      blocking: true,
    };
    const rateLimits = [
      { host: 'api.example.com', limit: 5 },
      { host: '', limit: 1 },
    ];
    const { form, at } = aForm({ rateLimits }, [problem]);
    expect(at('rateLimits.1.host').text()).toContain(problem.message);
    expect(at('rateLimits.0.host').text()).not.toContain(problem.message);
    expect(findField(form.element, 'rateLimits.1.host')).toBe(at('rateLimits.1.host').find('input').element);
  });
});
