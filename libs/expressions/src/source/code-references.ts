import type { References } from './references.js';

const NAMES = ['trigger', 'steps', 'input', 'item', 'index', 'vars', 'run'];
/** Ways to a name that do not write it as it is. */
const UNKNOWABLE = /\\[ux]|\beval\b|\bFunction\b|\barguments\b|\bconstructor\b/;

/**
 * Says what JavaScript may read, by the names that are written in it: never too little, mostly too much, since
 * nothing is parsed.
 */
export function referencesOfCode(source: string): References {
  if (UNKNOWABLE.test(source)) return 'all';
  const roots = NAMES.filter((name) => new RegExp(`\\b${name}\\b`).test(source));
  return { roots, steps: stepsIn(source), body: roots.includes('trigger') };
}

/** The ids behind `steps.`, where nothing else is done with `steps`. */
function stepsIn(source: string): readonly string[] | 'all' {
  const mentions = source.match(/\bsteps\b/g)?.length ?? 0;
  const named = [...source.matchAll(/\bsteps\s*\??\.\s*([A-Za-z]\w*)/g)].map(([, id = '']) => id);
  return named.length === mentions ? [...new Set(named)] : 'all';
}
