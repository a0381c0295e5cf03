import type { StepState } from '@hookloom/engine';
import type { RunAnswer, StepAnswer } from './ports.js';

/** What came for the waiting steps of a run, some of it perhaps before they wait. */
export class RunAnswers {
  private readonly known: ReadonlyMap<string, StepAnswer>;

  constructor(answers: readonly RunAnswer[] = []) {
    this.known = new Map(answers.map(({ path, generation, result }) => [keyOf(path, generation), result]));
  }

  find({ path, generation }: Pick<StepState, 'path' | 'generation'>): StepAnswer | undefined {
    return this.known.size === 0 ? undefined : this.known.get(keyOf(path, generation));
  }
}

function keyOf(path: string, generation: number): string {
  return `${generation}/${path}`;
}
