import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { useNotifications } from './notifications.js';

const { list, announce, announceError, dismiss } = useNotifications();
const texts = () => list.value.map(({ text }) => text);

describe('notifications', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => {
    vi.runAllTimers();
    for (const { id } of list.value) dismiss(id);
    vi.useRealTimers();
  });

  it('are at most three, the newest', () => {
    for (const text of ['one', 'two', 'three', 'four']) announce(text);
    expect(texts()).toEqual(['two', 'three', 'four']);
  });

  it('go by themselves, but errors stay', () => {
    announce('saved');
    announceError('refused');
    vi.runAllTimers();
    expect(texts()).toEqual(['refused']);
  });

  it('of what went well do not push errors out', () => {
    announceError('refused');
    for (const text of ['one', 'two', 'three']) announce(text);
    expect(texts()).toEqual(['refused', 'two', 'three']);
  });

  it('of more than three errors follow when one is dismissed', () => {
    for (const text of ['one', 'two', 'three', 'four']) announceError(text);
    expect(texts()).toEqual(['one', 'two', 'three']);
    dismiss(list.value[0]?.id ?? 0);
    expect(texts()).toEqual(['two', 'three', 'four']);
    dismiss(list.value[0]?.id ?? 0);
  });

  it('with the same text are one', () => {
    announceError('refused');
    announceError('refused');
    expect(texts()).toEqual(['refused']);
  });
});
