import type { StepTypeDetail } from '../../../api/step-type-details.api.js';
import type { Kind } from '../../../ui/step-icons.js';

/** The groups of the palette, in order. */
export const GROUPS: readonly Kind[] = ['trigger', 'send', 'data', 'logic', 'wait', 'code'];

/** How well a step type fits what was typed; higher is better, 0 not at all. */
export function fitOf(stepType: StepTypeDetail, words: string): number {
  const typed = words.trim().toLocaleLowerCase();
  if (typed === '') return 1;
  const title = stepType.title.toLocaleLowerCase();
  if (title === typed || stepType.type === typed) return 6;
  if (title.startsWith(typed)) return 5;
  if (stepType.synonyms.some((synonym) => beginsWord(synonym, typed))) return 4;
  if (beginsWord(title, typed)) return 3;
  // Two letters stand inside many words.
  if (typed.length < 3) return 0;
  if ([title, ...stepType.synonyms].some((text) => text.includes(typed))) return 2;
  return typed.split(/\s+/).every((word) => stepType.description.toLocaleLowerCase().includes(word)) ? 1 : 0;
}

/** The step types that fit, best first; without words in the order of their groups. */
export function foundTypes(types: Iterable<StepTypeDetail>, words: string): StepTypeDetail[] {
  const found = [...types].map((stepType) => ({ stepType, fit: fitOf(stepType, words) }));
  return found
    .filter(({ fit }) => fit > 0)
    .toSorted((a, b) => b.fit - a.fit || groupOf(a.stepType) - groupOf(b.stepType))
    .map(({ stepType }) => stepType);
}

function beginsWord(text: string, typed: string): boolean {
  return ` ${text}`.includes(` ${typed}`);
}

function groupOf({ kind }: StepTypeDetail): number {
  return GROUPS.indexOf(kind);
}
