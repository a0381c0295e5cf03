import type { TemplateField } from './template.js';

type Framed = Pick<TemplateField, 'frame'>;

/** The setting that holds a value: the value inside its frame; nothing for an empty value. */
export function toTemplateSetting({ frame }: Framed, value: string): string | undefined {
  const text = value.trim();
  if (text === '') return undefined;
  const [before, after] = frame ?? ['', ''];
  return before + text + after;
}

/**
 * The value that a setting holds.
 *
 * @returns '' for an empty setting; `undefined` where somebody wrote it otherwise, so that it is no longer ours to change
 */
export function fromTemplateSetting({ frame }: Framed, setting: unknown): string | undefined {
  if (setting === undefined || setting === null || setting === '') return '';
  if (typeof setting !== 'string') return undefined;
  const [before, after] = frame ?? ['', ''];
  if (!setting.startsWith(before) || !setting.endsWith(after)) return undefined;
  return setting.slice(before.length, setting.length - after.length);
}
