import type { FormField, GivenValues } from '@hookloom/contracts';

/** Texts by the name of their input, in the order in which they came. */
export type GivenTexts = ReadonlyMap<string, readonly string[]>;

/** Reads what a browser sends for a form without files. */
export function readTexts(form: URLSearchParams): GivenTexts {
  return new Map([...new Set(form.keys())].map((name) => [name, form.getAll(name)]));
}

/** The texts of declared fields as `readFormValues` takes them: one, or a list where several may be chosen. */
export function toGiven(fields: readonly FormField[], texts: GivenTexts, prefix = ''): GivenValues {
  return Object.fromEntries(
    fields.map(({ name, type }) => {
      const given = texts.get(prefix + name) ?? [];
      return [name, type === 'several' ? given : given[0]];
    }),
  );
}
