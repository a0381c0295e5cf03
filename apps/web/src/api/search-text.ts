import { readComparison } from '@hookloom/contracts';

/** What stands in a search field as lists take it: `data.amount > 100` compares a value of the body, the rest is a text. */
export function toSearch(text: string | undefined): { q?: string | undefined; where?: string | undefined } {
  return text !== undefined && readComparison(text) !== undefined ? { where: text } : { q: text };
}
