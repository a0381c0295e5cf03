/**
 * The one line under a step's name: the step type's own pattern with the step's settings in it.
 *
 * @param pattern `{field}` stands for a setting, by dot path; what is not set is left out
 */
export function stepSummary(pattern: string | undefined, config: Readonly<Record<string, unknown>>): string {
  if (pattern === undefined) return '';
  const text = pattern.replace(/\{([\w.]+)\}/g, (_whole, path: string) => {
    const value = valueAt(config, path) ?? '';
    return typeof value === 'string' ? value : JSON.stringify(value);
  });
  return text.replace(/\s+/g, ' ').replace(/^[\s:,]+|[\s:,]+$/g, '');
}

function valueAt(config: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((value, part) => {
    if (typeof value !== 'object' || value === null) return undefined;
    return Object.entries(value).find(([key]) => key === part)?.[1];
  }, config);
}
