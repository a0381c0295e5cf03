import { z } from 'zod';
import type { ConnectionType } from '@hookloom/contracts';
import type { RepeatClass, StepKind, StepRegistry, StepType } from './step-type.js';

/** A JSON Schema as plain data; field texts and `widget` stand beside the standard keywords. */
export type JsonSchema = z.core.JSONSchema.BaseSchema;

/** A step type as `GET /step-types` shows it: enough to draw its form and its docs page. */
export interface StepTypeView {
  readonly type: string;
  readonly title: string;
  readonly description: string;
  readonly docs: string;
  readonly kind: StepKind;
  readonly icon: string;
  /** `varies`: depends on the config; `docs` says how. */
  readonly repeat: RepeatClass | 'varies';
  readonly configSchema: JsonSchema;
  /** Handles of a step with an empty config, `error` aside. */
  readonly handles: readonly string[];
  /** Dot path of the config whose texts are handles too, before the others; `null`: the config names none. */
  readonly handlesFrom: string | null;
  readonly connection: { readonly types: readonly ConnectionType[]; readonly required: boolean } | null;
  readonly summary: string;
  readonly synonyms: readonly string[];
  readonly timeoutMs: number | null;
}

const schemas = new WeakMap<z.ZodType, JsonSchema>();

/** The JSON Schema of what an author may write into a step's config; made once a step type. */
export function configSchemaOf(stepType: Pick<StepType, 'config'>): JsonSchema {
  const known = schemas.get(stepType.config);
  if (known) return known;
  const made = z.toJSONSchema(stepType.config, {
    io: 'input',
    unrepresentable: 'any',
    // zod drops the default of a field that is also normalised, though it is the author's default as well.
    override: ({ zodSchema, jsonSchema }) => {
      const fallback = z.globalRegistry.get(zodSchema)?.['default'];
      if (fallback !== undefined) jsonSchema.default = fallback;
    },
  });
  schemas.set(stepType.config, made);
  return made;
}

/** All step types as data, in the registry's order. */
export function describeStepTypes(registry: StepRegistry): StepTypeView[] {
  return [...registry.values()].map(describeStepType);
}

function describeStepType(stepType: StepType): StepTypeView {
  return {
    type: stepType.type,
    title: stepType.title,
    description: stepType.description,
    docs: stepType.docs ?? stepType.description,
    kind: stepType.kind,
    icon: stepType.icon,
    repeat: typeof stepType.repeat === 'function' ? 'varies' : stepType.repeat,
    configSchema: configSchemaOf(stepType),
    handles: stepType.handles({}),
    handlesFrom: stepType.handlesFrom ?? null,
    connection: stepType.connection ?? null,
    summary: stepType.summary ?? '',
    synonyms: stepType.synonyms ?? [],
    timeoutMs: stepType.timeoutMs ?? null,
  };
}
