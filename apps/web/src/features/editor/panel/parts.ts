/** The fields of a value that is to be an object; of anything else none. */
export function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value))
    : {};
}

/** The object with one field written; `undefined` takes it out. What stands there keeps its place. */
export function withField(value: unknown, name: string, next: unknown): Record<string, unknown> {
  const { [name]: before, ...others } = asRecord(value);
  if (next === undefined) return others;
  return before === undefined ? { ...others, [name]: next } : { ...asRecord(value), [name]: next };
}
