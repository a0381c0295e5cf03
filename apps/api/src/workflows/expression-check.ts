import { compileConfig } from '@hookloom/expressions';
import { expressionPathsOf, type StepType } from '@hookloom/step-kit';
import type { StepProblem } from './definition-check.js';

/** Expressions and `{{ }}` of a step that cannot be read. Nothing is evaluated. */
export function findExpressionProblems(
  stepType: Pick<StepType, 'config'>,
  config: Readonly<Record<string, unknown>>,
): StepProblem[] {
  const { problems } = compileConfig(config, expressionPathsOf(stepType));
  return problems.map(({ path, message }) => ({
    code: 'unreadable_expression',
    path,
    message,
    blocking: true,
  }));
}
