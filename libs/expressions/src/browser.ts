/** The part of this room that a browser's main thread may use: it reads expressions and never evaluates one. */
export { checkExpression, type ExpressionProblem } from './source/check-expression.js';
export { renameStepReferences } from './source/rename-step-references.js';
export { isSameExpression } from './source/same-expression.js';
export { scanTemplate, type Template, type TemplatePart } from './template/scan-template.js';
