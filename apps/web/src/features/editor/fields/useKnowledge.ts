import { useI18n } from 'vue-i18n';
import { lookOf } from '../preview/value-look.js';
import { chipLabel } from './chip-label.js';
import type { Knowledge } from './completion.js';
import { useFieldContext } from './field-context.js';
import type { JavaScriptKnowledge } from './javascript-names.js';
import type { PathPart } from './paths.js';

const EXAMPLE_LENGTH = 40;

/** What the editors of a step's fields know of its sample and of the other steps, in words. */
export function useKnowledge() {
  const { t, te } = useI18n();
  const { scope, nearest, steps, trigger } = useFieldContext();

  function toLabel(path: readonly PathPart[]) {
    return chipLabel(path, {
      steps: steps.value,
      trigger: trigger.value,
      rootWord: (root) => (te(`editor.fields.roots.${root}`) ? t(`editor.fields.roots.${root}`) : root),
    });
  }
  function describe(parts: readonly PathPart[], example: unknown): string {
    const { kind, size, shown } = lookOf(example);
    const type = t(`editor.preview.kinds.${kind}`, { n: size }, size);
    const isSmall = kind === 'text' || kind === 'number' || kind === 'boolean';
    const value = isSmall ? ` · ${shown.slice(0, EXAMPLE_LENGTH)}` : '';
    const [root, id] = parts;
    const step = root === 'steps' && parts.length === 2 ? steps.value.get(String(id)) : undefined;
    return step ? `${step.name} · ${type}` : type + value;
  }
  function knowledge({ isTemplate }: { readonly isTemplate: boolean }): Knowledge {
    return {
      scope: () => scope.value,
      nearest: () => nearest.value,
      describe: ({ parts, example }) => describe(parts, example),
      headings: () => ({ data: t('editor.fields.data'), functions: t('editor.fields.functions') }),
      isTemplate,
    };
  }
  function javascript(): JavaScriptKnowledge {
    return { scope: () => scope.value, describe };
  }
  return { toLabel, knowledge, javascript, steps, trigger };
}
