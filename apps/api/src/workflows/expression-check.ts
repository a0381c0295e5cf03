import type { WorkflowDefinition } from '@hookloom/contracts';
import { compileConfig, type Expression } from '@hookloom/expressions';
import { expressionPathsOf, type StepRegistry, type StepType } from '@hookloom/step-kit';
import type { StepProblem } from './step-problem.js';

/** A text that is read as JSONata or as JavaScript. */
export interface Source {
  readonly text: string;
  readonly isCode: boolean;
}

/** Why a source cannot be read, by its key; one that is missing here can be read. */
export type UnreadableSources = ReadonlyMap<string, string>;

/** The same text may be both, and readable as one of them only. */
export function keyOf({ text, isCode }: Source): string {
  return `${isCode ? 'code' : 'expression'} ${text}`;
}

function toSource({ source, as }: Expression): Source {
  return { text: source, isCode: as === 'code' };
}

/** All expressions and all code of a document, each once. */
export function sourcesIn(definition: WorkflowDefinition, steps: StepRegistry): Source[] {
  const sources = definition.steps.flatMap((step) => {
    const stepType = steps.get(step.type);
    return stepType ? compileConfig(step.config, expressionPathsOf(stepType)).expressions.map(toSource) : [];
  });
  const { lane } = definition.settings;
  const all = lane ? [...sources, { text: lane.key, isCode: false }] : sources;
  return [...new Map(all.map((source) => [keyOf(source), source])).values()];
}

/** Expressions and `{{ }}` of a step that cannot be read. Nothing is evaluated. */
export function findExpressionProblems(
  stepType: Pick<StepType, 'config'>,
  config: Readonly<Record<string, unknown>>,
  unreadable: UnreadableSources,
): StepProblem[] {
  const program = compileConfig(config, expressionPathsOf(stepType));
  const inside = program.expressions.flatMap((expression, at) => {
    const message = unreadable.get(keyOf(toSource(expression)));
    const path = program.places[at]?.path;
    return message === undefined || path === undefined ? [] : [{ path, message }];
  });
  return [...program.problems, ...inside].map(({ path, message }) => ({
    code: 'unreadable_expression',
    path,
    message,
    blocking: true,
  }));
}
