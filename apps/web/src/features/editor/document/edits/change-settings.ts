import { WorkflowSettings } from '@hookloom/contracts';
import { withDefinition, type Draft } from '../draft.js';

export type SettingName = keyof WorkflowSettings;

/** Why a value cannot stand in the document, not even in a draft. */
export interface SettingRefusal {
  /** Dot path inside the settings. */
  readonly path: string;
  readonly reason: 'tooSmall' | 'tooBig' | 'other';
  /** The smallest or largest that is possible. */
  readonly bound: number;
}

/** Writes one setting of the workflow; `undefined` takes it out. The same draft where the document cannot hold it. */
export function setWorkflowSetting(draft: Draft, name: SettingName, value: unknown): Draft {
  const settings = changed(draft.definition.settings, name, value);
  return settings.success ? withDefinition(draft, { settings: settings.data }) : draft;
}

/** What speaks against writing the setting; `undefined`: nothing. */
export function settingRefusal(draft: Draft, name: SettingName, value: unknown): SettingRefusal | undefined {
  const [issue] = changed(draft.definition.settings, name, value).error?.issues ?? [];
  if (issue === undefined) return undefined;
  const path = issue.path.join('.');
  if (issue.code === 'too_small') return { path, reason: 'tooSmall', bound: Number(issue.minimum) };
  if (issue.code === 'too_big') return { path, reason: 'tooBig', bound: Number(issue.maximum) };
  return { path, reason: 'other', bound: 0 };
}

function changed(settings: WorkflowSettings, name: SettingName, value: unknown) {
  const { [name]: before, ...others } = settings;
  const filled = value === undefined ? undefined : filledUp(name, value, before);
  return WorkflowSettings.safeParse(filled === undefined ? others : { ...others, [name]: filled });
}

/**
 * What is begun has its parts, empty if need be, so that the draft can be saved; the check before publishing tells.
 * `undefined`: nothing is left of it.
 */
function filledUp(name: SettingName, value: unknown, before: unknown): unknown {
  if (name === 'lane') {
    const lane = { key: '', ...objectOf(value) };
    const isEmpty = lane.key === '' && Object.keys(lane).length === 1;
    return isEmpty ? undefined : lane;
  }
  if (name !== 'rateLimits' || !Array.isArray(value)) return value;
  const earlier: readonly unknown[] = Array.isArray(before) && before.length === value.length ? before : [];
  return value.map((item: unknown, at) => {
    // A number that is being typed anew is the old one until it is there.
    const { limit = 1 } = objectOf(earlier[at]);
    return { host: '', limit, ...objectOf(item) };
  });
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}
