import type { Redactor } from '@hookloom/contracts';

/** Headers or query parameters as people may see them: what a rule hides by its name is masked. */
export function hideNamed<Value>(
  redactor: Redactor,
  values: Readonly<Record<string, Value>>,
  mask: Value,
): Record<string, Value> {
  const entries = Object.entries(values).map(([name, value]) => {
    return [name, redactor.hides([name]) === undefined ? value : mask] as const;
  });
  return Object.fromEntries(entries);
}
