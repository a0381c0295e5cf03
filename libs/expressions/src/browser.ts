/** The part of this room that runs in a browser: it reads expressions and never evaluates one. */
export { renameStepReferences } from './source/rename-step-references.js';
export { scanTemplate, type Template, type TemplatePart } from './template/scan-template.js';
