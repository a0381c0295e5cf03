export { loadTemplates, toTemplateSummary } from './templates.js';
