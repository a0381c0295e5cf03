import type { PreviewedSetting } from '@hookloom/expressions/preview';
import { firstMissing, readPath, writePath } from '../fields/paths.js';
import { templateSpans } from '../fields/template-spans.js';

/** The paths of a setting that lead to nothing in the sample, each up to its first part that is not there. */
export function missingPaths({ value, as }: PreviewedSetting, scope: object): string[] {
  if (typeof value !== 'string') return [];
  const isBare = as !== 'text' && as !== 'url';
  const paths = isBare ? [readPath(value)] : templateSpans(value).map(({ path }) => path);
  const missing = paths.flatMap((path) => {
    const at = path && firstMissing(scope, path);
    if (path === undefined || at === undefined) return [];
    return writePath(path.slice(0, at + 1)) ?? [];
  });
  return [...new Set(missing)];
}
