import { StepId } from '@hookloom/contracts';

const MOST = 56;

/**
 * A free step id made from a text such as a step type's title: `HTTP request` becomes `httpRequest`, then
 * `httpRequest2`.
 */
export function freshStepId(text: string, taken: ReadonlySet<string>): string {
  const words = text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .split(/[^a-zA-Z0-9]+/)
    .filter((word) => word !== '');
  const camel = words.map((word, at) => (at === 0 ? word.toLowerCase() : capitalised(word))).join('');
  const base = camel.replace(/^[^a-z]+/, '').slice(0, MOST);
  const first = StepId.safeParse(base).success ? base : `step${capitalised(base)}`;
  for (let id = first, number = 2; ; id = `${first}${number++}`) if (!taken.has(id)) return id;
}

/** A free id for a copy: the number at the end goes up. */
export function freshCopyId(id: string, taken: ReadonlySet<string>): string {
  if (!taken.has(id)) return id;
  const base = id.replace(/\d+$/, '').slice(0, MOST);
  for (let number = 2; ; number += 1) if (!taken.has(`${base}${number}`)) return `${base}${number}`;
}

/** A name that tells a copy from the original: `Notify`, `Notify 2`. */
export function freshName(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name)) return name;
  const base = name.replace(/ \d+$/, '');
  for (let number = 2; ; number += 1) if (!taken.has(`${base} ${number}`)) return `${base} ${number}`;
}

function capitalised(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1).toLowerCase();
}
