import { DEFAULT_RUN_TIMEOUT_SECONDS, WorkflowSettings, type LaneSettings } from '@hookloom/contracts';
import { z } from 'zod';
import { FieldSchema } from '../../../api/step-type-details.api.js';
import { fieldsOf, type FormField } from '../panel/form-fields.js';

/** What is said of a setting, by the names on the way to it as one word: `laneKey`; `undefined`: nothing. */
export type TextOf = (name: string, what: 'title' | 'hint' | 'example') => string | undefined;

/** How a setting is drawn where its type does not say, and what counts when it is left out. */
const LOOKS: Readonly<Record<string, Pick<FieldSchema, 'widget' | 'default'>>> = {
  timeoutSeconds: { default: DEFAULT_RUN_TIMEOUT_SECONDS },
  lane: { widget: 'json' },
  'lane.key': { widget: 'expression' },
  'lane.concurrency': { default: 1 },
  'lane.mode': { default: 'queue' },
  rateLimits: { widget: 'list' },
  'rateLimits.seconds': { default: 1 },
};
/** Those drawn by widgets; attempts have a form of their own, which steps have, too. */
const NAMES = ['timeoutSeconds', 'maxConcurrentRuns', 'lane', 'rateLimits'] as const;
const declared = FieldSchema.parse(
  z.toJSONSchema(WorkflowSettings, { io: 'input', metadata: z.registry<Record<string, unknown>>() }),
);

export interface SettingField {
  readonly name: (typeof NAMES)[number];
  readonly field: FormField;
}

/** The form of a workflow's settings: what the contract declares, in people's words. */
export function settingFields(settings: WorkflowSettings, textOf: TextOf): SettingField[] {
  const fields = fieldsOf(worded(declared, '', (path) => isAsked(path, settings.lane), textOf));
  return NAMES.flatMap((name) => {
    const field = fields.find((each) => each.name === name);
    return field ? [{ name, field }] : [];
  });
}

/** A lane is told by its key first; the rest is asked for once it is begun, a quiet time only where it is waited for. */
function isAsked(path: string, lane: LaneSettings | undefined): boolean {
  if (path === 'lane.seconds') return lane?.mode === 'debounce' || lane?.seconds !== undefined;
  return lane !== undefined || path === 'lane.key' || !path.startsWith('lane.');
}

function worded(
  schema: FieldSchema,
  path: string,
  isShown: (path: string) => boolean,
  textOf: TextOf,
): FieldSchema {
  const parts = Object.entries(schema.properties ?? {})
    .map(([name, part]) => [path === '' ? name : `${path}.${name}`, name, part] as const)
    .filter(([at]) => isShown(at))
    .map(([at, name, part]) => [name, worded(part, at, isShown, textOf)] as const);
  const titles = schema.enum?.map(
    (value) => [String(value), textOf(wordOf(`${path}.${String(value)}`), 'title')] as const,
  );
  return {
    ...schema,
    widget: 'plain',
    ...LOOKS[path],
    title: textOf(wordOf(path), 'title'),
    description: textOf(wordOf(path), 'hint'),
    placeholder: textOf(wordOf(path), 'example'),
    titles: titles && Object.fromEntries(titles.map(([value, title]) => [value, title ?? value])),
    ...(schema.properties && { properties: Object.fromEntries(parts) }),
    // A part that is asked for alone may be left out, and then there is nothing of the whole.
    required: parts.length > 1 ? schema.required : undefined,
    items: schema.items && worded(schema.items, path, isShown, textOf),
  };
}

/** A dot path as one word. */
function wordOf(path: string): string {
  return path.replaceAll(/\.(\w)/g, (_dot, first: string) => first.toUpperCase());
}
