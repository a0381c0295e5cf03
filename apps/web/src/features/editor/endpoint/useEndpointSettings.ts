import type { EndpointView, WorkflowProblem } from '@hookloom/contracts';
import { computed, onScopeDispose, ref, shallowRef, type ComputedRef } from 'vue';
import type { EndpointChange } from '../../../api/endpoint-settings.api.js';
import { ApiError } from '../../../api/errors.js';
import type { ErrorSentences } from '../../../api/useErrorSentences.js';

/** Typing is over when it rests this long. */
const REST_MS = 600;

interface SettingsPort {
  save(endpoint: EndpointView, change: EndpointChange): Promise<EndpointView>;
  toSentences(error: unknown): ErrorSentences;
}

/**
 * Settings that save themselves once typing rests. What the server refuses stays on the screen, with its reason,
 * and goes along with the next change.
 */
export function useEndpointSettings(endpoint: ComputedRef<EndpointView>, port: SettingsPort) {
  const pending = shallowRef<EndpointChange>({});
  const state = ref<'idle' | 'saving' | 'saved' | 'failed'>('idle');
  const errors = shallowRef<ReadonlyMap<string, string>>(new Map());
  const problem = ref<ErrorSentences>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  function set(change: EndpointChange): void {
    pending.value = { ...pending.value, ...change };
    state.value = 'saving';
    clearTimeout(timer);
    timer = setTimeout(() => void save(), REST_MS);
  }

  async function save(): Promise<boolean> {
    clearTimeout(timer);
    const sent = pending.value;
    if (Object.keys(sent).length === 0) return true;
    try {
      await port.save(endpoint.value, sent);
      pending.value = notSent(pending.value, sent);
      errors.value = new Map();
      problem.value = undefined;
      if (Object.keys(pending.value).length === 0) state.value = 'saved';
      return true;
    } catch (error) {
      fail(error);
      return false;
    }
  }

  function fail(error: unknown): void {
    const fields = error instanceof ApiError ? (error.problem.errors ?? []) : [];
    errors.value = new Map(fields.map(({ path, message }) => [path, message]));
    problem.value = fields.length === 0 ? port.toSentences(error) : undefined;
    state.value = 'failed';
  }

  onScopeDispose(() => void save());

  return {
    /** The endpoint as the fields show it: with what is not saved yet. */
    shown: computed((): EndpointView => ({ ...endpoint.value, ...withoutSecret(pending.value) })),
    state,
    /** Why nothing was saved, where no field is to blame. */
    problem,
    /** What the server said about a field; `path` as in the API. */
    errorOf: (path: string): string | undefined => errors.value.get(path),
    /** The same as a form's field shows it. */
    problemsOf: (path: string): readonly WorkflowProblem[] => {
      const message = errors.value.get(path);
      return message === undefined ? [] : [{ code: 'invalid_setting', path, message, blocking: true }];
    },
    set,
    /** Saves at once. @returns whether it worked */
    save: (change: EndpointChange): Promise<boolean> => {
      set(change);
      return save();
    },
  };
}
export type EndpointSettings = ReturnType<typeof useEndpointSettings>;

function withoutSecret({ secret: _secret, ...change }: EndpointChange): Omit<EndpointChange, 'secret'> {
  return change;
}

/** What was typed while the save was under way. */
function notSent(pending: EndpointChange, sent: EndpointChange): EndpointChange {
  const was = new Map<string, unknown>(Object.entries(sent));
  return Object.fromEntries(Object.entries(pending).filter(([name, value]) => was.get(name) !== value));
}
