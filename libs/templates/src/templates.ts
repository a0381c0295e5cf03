import { readdirSync, readFileSync } from 'node:fs';
import { TemplateView, type TemplateSummary } from '@hookloom/contracts';

/** Beside the sources and beside the compiled code, so that both read the same files. */
const GALLERY = new URL('../gallery/', import.meta.url);

/**
 * Reads the gallery: one JSON file a template, by title.
 *
 * @throws when a file is not of the declared shape, or its name is not its slug
 */
export function loadTemplates(): TemplateView[] {
  const files = readdirSync(GALLERY).filter((file) => file.endsWith('.json'));
  return files.map(readTemplate).sort((a, b) => a.title.localeCompare(b.title, 'en'));
}

function readTemplate(file: string): TemplateView {
  const template = TemplateView.safeParse(JSON.parse(readFileSync(new URL(file, GALLERY), 'utf8')));
  if (!template.success) throw new Error(`${file} is no template`, { cause: template.error });
  if (file !== `${template.data.slug}.json`) throw new Error(`${file} holds the slug ${template.data.slug}`);
  return template.data;
}

/** A template as its card in the gallery shows it. */
export function toTemplateSummary(template: TemplateView): TemplateSummary {
  const { slug, title, summary, keywords, category, sender, destinations, minutes, connections } = template;
  const steps = template.definition.steps.map(({ id, type, name = id }) => ({ type, name }));
  return { slug, title, summary, keywords, category, sender, destinations, minutes, connections, steps };
}
