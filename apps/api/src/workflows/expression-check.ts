import type { WorkflowDefinition } from '@hookloom/contracts';
import { compileConfig } from '@hookloom/expressions';
import { expressionPathsOf, type StepRegistry, type StepType } from '@hookloom/step-kit';
import type { StepProblem } from './definition-check.js';

/** Why an expression cannot be read, by its source; a source that is missing here can be read. */
export type UnreadableSources = ReadonlyMap<string, string>;

/** All expressions of a document, each once. */
export function sourcesIn(definition: WorkflowDefinition, steps: StepRegistry): string[] {
  const sources = definition.steps.flatMap((step) => {
    const stepType = steps.get(step.type);
    if (!stepType) return [];
    return compileConfig(step.config, expressionPathsOf(stepType)).expressions.map(({ source }) => source);
  });
  const { lane } = definition.settings;
  return [...new Set(lane ? [...sources, lane.key] : sources)];
}

/** Expressions and `{{ }}` of a step that cannot be read. Nothing is evaluated. */
export function findExpressionProblems(
  stepType: Pick<StepType, 'config'>,
  config: Readonly<Record<string, unknown>>,
  unreadable: UnreadableSources,
): StepProblem[] {
  const program = compileConfig(config, expressionPathsOf(stepType));
  const inside = program.expressions.flatMap(({ source }, at) => {
    const message = unreadable.get(source);
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
