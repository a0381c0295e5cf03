import type { TemplateSummary, TemplateView } from '@hookloom/contracts';
import { loadTemplates, toTemplateSummary } from '@hookloom/templates';

const TEMPLATES = loadTemplates();
const SUMMARIES = TEMPLATES.map(toTemplateSummary);
const BY_SLUG = new Map(TEMPLATES.map((template) => [template.slug, template]));

/** The templates that this server brings: the same for every project, changed only by an upgrade. */
export function templateSummaries(): TemplateSummary[] {
  return SUMMARIES;
}

export function findTemplate(slug: string): TemplateView | undefined {
  return BY_SLUG.get(slug);
}
