import type { ExpressionProblem } from '../source/check-expression.js';
import type { ConfigProblem, ConfigProgram } from './compile-config.js';

/** Whoever can check syntax: an `EvaluatorPool`, so that nothing is parsed in this process. */
export interface SyntaxChecker {
  check(sources: readonly string[]): Promise<readonly (ExpressionProblem | undefined)[]>;
}

/** All that is wrong in a config's templates and expressions, each with its field and the place in it. */
export async function findProblems(program: ConfigProgram, checker: SyntaxChecker): Promise<ConfigProblem[]> {
  const found = await checker.check(program.expressions.map(({ source }) => source));
  const inExpressions = program.places.flatMap(({ path, position }, at): ConfigProblem[] => {
    const problem = found[at];
    return problem ? [{ path, message: problem.message, position: position + problem.position }] : [];
  });
  return [...program.problems, ...inExpressions];
}
