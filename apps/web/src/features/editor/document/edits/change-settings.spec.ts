import { describe, expect, it } from 'vitest';
import { aDraft, hook } from '../facts.fixture.js';
import { setWorkflowSetting, settingRefusal, type SettingName } from './change-settings.js';

const draft = aDraft(hook);
const set = (name: SettingName, value: unknown, before = draft) => setWorkflowSetting(before, name, value);

describe('a setting of the workflow', () => {
  it('is written beside the others and taken out again', () => {
    const limited = set('maxConcurrentRuns', 5, set('timeoutSeconds', 60));
    expect(limited.definition.settings).toEqual({ timeoutSeconds: 60, maxConcurrentRuns: 5 });
    const open = set('maxConcurrentRuns', undefined, limited);
    expect(open.definition.settings).toEqual({ timeoutSeconds: 60 });
    expect(draft.definition.settings).toEqual({});
  });

  it('is not written where the document cannot hold it, and says why', () => {
    expect(set('lane', undefined).definition.settings).toEqual({});
    for (const value of [0, 1.5, 100_001, 'many']) expect(set('maxConcurrentRuns', value)).toBe(draft);
    expect(settingRefusal(draft, 'maxConcurrentRuns', 5)).toBeUndefined();
    expect(settingRefusal(draft, 'maxConcurrentRuns', 1.5)?.reason).toBe('other');
    expect(settingRefusal(draft, 'maxConcurrentRuns', 100_001)).toEqual({
      path: 'maxConcurrentRuns',
      reason: 'tooBig',
      bound: 100_000,
    });
    expect(settingRefusal(draft, 'lane', { key: 'trigger.body.id', concurrency: 0 })).toEqual({
      path: 'lane.concurrency',
      reason: 'tooSmall',
      bound: 1,
    });
  });

  it('can be saved while it is filled in', () => {
    expect(set('lane', { mode: 'latest' }).definition.settings.lane).toEqual({ key: '', mode: 'latest' });
    expect(set('rateLimits', [{}]).definition.settings.rateLimits).toEqual([{ host: '', limit: 1 }]);
  });

  it('is gone when nothing is left of it', () => {
    const begun = set('lane', { mode: 'latest' });
    const cleared = set('lane', { key: '' }, begun);
    expect(cleared.definition.settings).toEqual({});
  });

  it('keeps the number of a limit while another one is typed', () => {
    const limited = set('rateLimits', [{ host: 'api.example.com', limit: 5 }]);
    const cleared = set('rateLimits', [{ host: 'api.example.com' }], limited);
    expect(cleared.definition.settings).toEqual(limited.definition.settings);
  });
});
