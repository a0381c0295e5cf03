import type { FormField } from '@hookloom/contracts';
import { mount, type VueWrapper } from '@vue/test-utils';
import { TooltipProvider } from 'reka-ui';
import { h, nextTick } from 'vue';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createI18n } from 'vue-i18n';
import { ApiError } from '../../api/errors.js';
import { en } from '../../app/messages.js';
import ManualRunDialog from './ManualRunDialog.vue';

const FIELDS: readonly FormField[] = [
  { name: 'order', label: 'Order number', type: 'number', required: true, help: 'As on the invoice.' },
  { name: 'mail', type: 'email' },
  { name: 'due', type: 'date' },
  { name: 'why', type: 'choice', options: ['Late', 'Broken'], default: 'Late' },
  { name: 'parts', type: 'several', options: ['Goods', 'Shipping'] },
  { name: 'note', type: 'longText', default: 'Sorry.' },
  { name: 'tell', label: 'Tell them', type: 'checkbox', default: 'yes' },
];
let dialog: VueWrapper | undefined;

/** The dialog; what `start` got is `given`. */
async function aDialog(options: { before?: unknown; fields?: readonly FormField[]; fails?: unknown } = {}) {
  const { fields = FIELDS, before, fails } = options;
  const start = vi.fn(async () => {
    if (fails !== undefined) throw fails;
  });
  const onClose = vi.fn();
  const props = { title: 'Run', text: 'Fill it in.', action: 'Start', fields, before, start, onClose };
  dialog = mount(() => h(TooltipProvider, () => h(ManualRunDialog, props)), {
    attachTo: document.body,
    global: { plugins: [createI18n({ legacy: false, locale: 'en', messages: { en } })] },
  });
  await nextTick();
  const find = <T extends Element>(selector: string) => {
    const found = document.body.querySelector<T>(selector);
    if (found === null) throw new Error(`There is no ${selector}`);
    return found;
  };
  const at = (name: string) => find<HTMLElement>(`[data-field="${name}"]`);
  const fill = async (name: string, text: string) => {
    const control = find<HTMLInputElement>(`[data-field="${name}"] :is(input, select, textarea)`);
    control.value = text;
    control.dispatchEvent(new Event(control.tagName === 'SELECT' ? 'change' : 'input', { bubbles: true }));
    await nextTick();
  };
  const send = async () => {
    find('form').dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
    await vi.waitFor(() => expect(document.body.querySelector('[aria-busy="true"]')).toBeNull());
    await nextTick();
  };
  return { start, onClose, at, fill, send, find };
}

afterEach(() => {
  dialog?.unmount();
  document.body.replaceChildren();
});

describe('the dialog of a run by hand', () => {
  it('asks for each field in its own way, with its label, its help and what is filled in beforehand', async () => {
    const { at, find } = await aDialog();
    expect(at('order').textContent).toContain('Order number');
    expect(at('order').textContent).toContain('As on the invoice.');
    expect(at('order').textContent).not.toContain('optional');
    expect(at('mail').querySelector('input')?.type).toBe('email');
    expect(at('mail').textContent).toContain('optional');
    expect(at('due').querySelector('input')?.type).toBe('date');
    expect(at('why').querySelector('select')?.value).toBe('Late');
    expect(at('parts').querySelectorAll('input[type=checkbox]')).toHaveLength(2);
    expect(at('note').querySelector('textarea')?.value).toBe('Sorry.');
    expect(at('tell').querySelector('input')?.checked).toBe(true);
    expect(document.activeElement).toBe(find('[data-field="order"] input'));
  });

  it('starts with the values, each of its own type, and closes', async () => {
    const { start, onClose, at, fill, send } = await aDialog();
    await fill('order', ' 17 ');
    at('parts').querySelector<HTMLInputElement>('input')?.click();
    await nextTick();
    await send();
    const values = {
      order: 17,
      mail: null,
      due: null,
      why: 'Late',
      parts: ['Goods'],
      note: 'Sorry.',
      tell: true,
    };
    expect(start).toHaveBeenCalledExactlyOnceWith(values);
    expect(onClose).toHaveBeenCalledOnce();
  });

  it('says at the field what is wrong, goes there, and starts nothing', async () => {
    const { start, onClose, at, fill, send, find } = await aDialog();
    await fill('mail', 'ana@');
    await send();
    expect(at('order').textContent).toContain('Order number is missing.');
    expect(at('mail').textContent).toContain('is no e-mail address');
    const input = find<HTMLInputElement>('[data-field="order"] input');
    expect(input.getAttribute('aria-invalid')).toBe('true');
    expect(
      document.getElementById(input.getAttribute('aria-describedby')?.split(' ')[0] ?? '')?.textContent,
    ).toBe('Order number is missing. Fill it in.');
    expect(document.activeElement).toBe(input);
    await fill('order', '17');
    expect(at('order').textContent).not.toContain('missing');
    expect(start).not.toHaveBeenCalled();
    expect(onClose).not.toHaveBeenCalled();
  });

  it('shows at the field what the server says of it, and above what it says of the rest', async () => {
    const problem = {
      type: 'about:blank',
      title: 'This does not fit',
      status: 422,
      code: 'invalid',
      errors: [
        { path: 'input.mail', message: 'Nobody has this address.' },
        { path: 'trigger', message: 'There is no trigger.' },
      ],
    };
    const { onClose, at, fill, send } = await aDialog({ fails: new ApiError(problem) });
    await fill('order', '17');
    await send();
    expect(at('mail').textContent).toContain('Nobody has this address.');
    expect(document.body.textContent).toContain('There is no trigger.');
    expect(onClose).not.toHaveBeenCalled();
  });

  it('begins with what was filled in before, as far as it fits', async () => {
    const before = { order: 8, why: 'Stolen', parts: ['Shipping', 'Gold'], tell: false, note: null };
    const { at } = await aDialog({ before });
    expect(at('order').querySelector('input')?.value).toBe('8');
    expect(at('why').querySelector('select')?.value).toBe('');
    expect([...at('parts').querySelectorAll('input')].map(({ checked }) => checked)).toEqual([false, true]);
    expect(at('tell').querySelector('input')?.checked).toBe(false);
    expect(at('note').querySelector('textarea')?.value).toBe('');
  });
});
