import type { EndpointView } from '@hookloom/contracts';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { computed, effectScope, shallowRef, type EffectScope } from 'vue';
import type { EndpointChange } from '../../../api/endpoint-settings.api.js';
import { ApiError } from '../../../api/errors.js';
import { anEndpoint } from './endpoint.fixture.js';
import { useEndpointSettings } from './useEndpointSettings.js';

let scope: EffectScope;
let stored = shallowRef<EndpointView>(anEndpoint());
let calls: EndpointChange[];
let refusal: ApiError | undefined;

function open() {
  const save = async (endpoint: EndpointView, change: EndpointChange): Promise<EndpointView> => {
    calls.push(change);
    if (refusal) throw refusal;
    const { secret: _secret, ...rest } = change;
    stored.value = { ...endpoint, ...rest };
    return stored.value;
  };
  const endpoint = computed(() => stored.value);
  const settings = scope.run(() =>
    useEndpointSettings(endpoint, { save, toSentences: () => ({ title: 'Away.' }) }),
  );
  if (!settings) throw new Error('The scope has ended.');
  return settings;
}

beforeEach(() => {
  vi.useFakeTimers();
  scope = effectScope();
  stored = shallowRef(anEndpoint());
  calls = [];
  refusal = undefined;
});
afterEach(() => {
  scope.stop();
  vi.useRealTimers();
});

describe('the settings of an endpoint', () => {
  it('show a change at once and save it by themselves within two seconds, all of a burst together', async () => {
    const settings = open();
    settings.set({ methods: ['POST', 'PUT'] });
    settings.set({ maxBodyBytes: 5 });
    expect(settings.shown.value).toMatchObject({ methods: ['POST', 'PUT'], maxBodyBytes: 5 });
    expect(calls).toEqual([]);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(calls).toEqual([{ methods: ['POST', 'PUT'], maxBodyBytes: 5 }]);
    expect(settings.state.value).toBe('saved');
  });

  it('keep what was refused on the screen, with the reason at its field, and send it again', async () => {
    const settings = open();
    const errors = [{ path: 'dedupe.key', message: 'This cannot be read.' }];
    refusal = new ApiError({ title: 'Invalid', status: 422, errors });
    settings.set({ dedupe: { key: '(1 +', windowSeconds: 60 } });
    await vi.advanceTimersByTimeAsync(2_000);
    expect(settings.state.value).toBe('failed');
    expect(settings.errorOf('dedupe.key')).toBe('This cannot be read.');
    expect(settings.shown.value.dedupe?.key).toBe('(1 +');
    refusal = undefined;
    settings.set({ dedupe: { key: 'body.id', windowSeconds: 60 } });
    await vi.advanceTimersByTimeAsync(2_000);
    expect(settings.errorOf('dedupe.key')).toBeUndefined();
    expect(stored.value.dedupe?.key).toBe('body.id');
  });

  it('say what is wrong where no field is to blame', async () => {
    const settings = open();
    refusal = new ApiError({ title: 'Gone', status: 404 });
    expect(await settings.save({ maxBodyBytes: 7 })).toBe(false);
    expect(settings.problem.value).toEqual({ title: 'Away.' });
  });

  it('are saved when their panel closes', async () => {
    open().set({ maxBodyBytes: 9 });
    scope.stop();
    await vi.advanceTimersByTimeAsync(0);
    expect(stored.value.maxBodyBytes).toBe(9);
  });

  it('never show a secret', () => {
    const settings = open();
    settings.set({ secret: 'hidden' });
    expect(JSON.stringify(settings.shown.value)).not.toContain('hidden');
  });
});
