export * from './evaluator.js';
export {
  compileConfig,
  type ConfigProblem,
  type ConfigProgram,
  type ExpressionPaths,
  type ExpressionPlace,
  type ResolvedConfig,
} from './template/compile-config.js';
export { scanTemplate, type Template, type TemplatePart } from './template/scan-template.js';
export {
  createEvaluatorPool,
  EvaluatorClosedError,
  EvaluatorPool,
  type BodyCheck,
  type EvaluatorPoolOptions,
  type SchemaCheck,
  type ShapeCheck,
  type ShapeError,
} from './pool/evaluator-pool.js';
export { checkExpression, type ExpressionProblem } from './source/check-expression.js';
export { referencesOf, type NamedReferences, type References } from './source/references.js';
