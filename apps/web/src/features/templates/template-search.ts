import type { TemplateSummary } from '@hookloom/contracts';

/** What things are called on the screen, by their id. */
export interface Names {
  readonly sender: (id: string) => string;
  readonly stepType: (type: string) => string;
}

/** What a word is looked for in, and how much it says about the template that it is found there. */
type Field = readonly [weight: number, text: string];

/**
 * The templates in which every word is found, the best match first. Words count where a word of the template
 * begins with them, and half as much inside one; without words all templates in their order.
 */
export function searchTemplates(
  templates: readonly TemplateSummary[],
  words: string,
  names: Names,
): readonly TemplateSummary[] {
  const wanted = normal(words).split(/\s+/).filter(Boolean);
  if (wanted.length === 0) return templates;
  return templates
    .map((template) => ({ template, score: scoreOf(fieldsOf(template, names), wanted) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .map(({ template }) => template);
}

function fieldsOf(template: TemplateSummary, names: Names): Field[] {
  const { steps, destinations, connections } = template;
  return [
    [6, `${names.sender(template.sender)} ${template.sender}`],
    [6, destinations.map(({ name }) => name).join(' ')],
    [5, template.title],
    [3, template.keywords.join(' ')],
    [2, template.category],
    [2, steps.map(({ type, name }) => `${name} ${type} ${names.stepType(type)}`).join(' ')],
    [2, connections.map(({ name, types }) => `${name} ${types.join(' ')}`).join(' ')],
    [1, template.summary],
  ];
}

/** 0 as soon as one word is found nowhere. */
function scoreOf(fields: readonly Field[], wanted: readonly string[]): number {
  const scores = wanted.map((word) => Math.max(...fields.map((field) => foundIn(field, word))));
  return scores.includes(0) ? 0 : scores.reduce((sum, score) => sum + score, 0);
}

function foundIn([weight, text]: Field, word: string): number {
  const at = ` ${normal(text)}`;
  if (at.includes(` ${word}`)) return weight;
  return at.includes(word) ? weight / 2 : 0;
}

/** Lower case without accents; what stands between words becomes a space. */
function normal(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
