/**
 * The texts that a step's config holds at a dot path, `*` for every item or key (`cases.*.handle`).
 *
 * @param config what an author wrote, finished or not
 * @returns in the config's order; what is no text, or empty, is left out. Never throws.
 */
export function textsAt(config: unknown, path: string): string[] {
  const found = path.split('.').reduce<readonly unknown[]>(below, [config]);
  return found.flatMap((value) => (typeof value === 'string' && value !== '' ? [value] : []));
}

function below(values: readonly unknown[], part: string): unknown[] {
  return values.flatMap((value) => {
    if (typeof value !== 'object' || value === null) return [];
    if (part === '*') return Object.values(value);
    return Object.hasOwn(value, part) ? [Reflect.get(value, part)] : [];
  });
}
