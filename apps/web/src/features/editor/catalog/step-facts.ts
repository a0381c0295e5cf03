import type { FieldSchema, StepTypeDetail } from '../../../api/step-type-details.api.js';
import { ERROR_HANDLE, handleOf, PLAIN_HANDLE, type Draft, type StepFacts } from '../document/draft.js';
import { edgesOutOf } from '../document/graph.js';

/** The step types of this server, by name. */
export type Catalog = ReadonlyMap<string, StepTypeDetail>;

const BARE = new Set(['expression', 'condition']);

/** What the edits must know, from the server's declarations. A type that the server does not know has one plain handle. */
export function factsOf(catalog: Catalog): StepFacts {
  return {
    isTrigger: (type) => (catalog.get(type)?.kind ?? kindByName(type)) === 'trigger',
    handlesOf: ({ type, onError }) => [
      ...(catalog.get(type)?.handles ?? [PLAIN_HANDLE]),
      ...(onError === 'branch' ? [ERROR_HANDLE] : []),
    ],
    bareExpressionsOf: (type) => pathsOf(catalog.get(type)?.configSchema.properties ?? {}),
    fieldsOf: (type) => Object.keys(catalog.get(type)?.configSchema.properties ?? {}),
  };
}

/** The handles of a step, and those that its edges name beyond them. */
export function shownHandles(draft: Draft, facts: StepFacts, id: string): string[] {
  const step = draft.definition.steps.find((each) => each.id === id);
  if (step === undefined) return [];
  return [...new Set([...facts.handlesOf(step), ...edgesOutOf(draft, id).map(handleOf)])];
}

function kindByName(type: string): string {
  return type.startsWith('trigger.') ? 'trigger' : 'data';
}

function pathsOf(properties: Readonly<Record<string, unknown>>, above = ''): string[] {
  return Object.entries(properties).flatMap(([name, schema]) => pathsWithin(schema, above + name));
}

function pathsWithin(schema: unknown, path: string): string[] {
  if (!isSchema(schema)) return [];
  const own = typeof schema.widget === 'string' && BARE.has(schema.widget) ? [path] : [];
  const properties = schema['properties'];
  const inner = isSchema(properties) ? pathsOf(properties, `${path}.`) : [];
  return [...own, ...inner, ...pathsWithin(schema['items'], `${path}.*`)];
}

function isSchema(value: unknown): value is FieldSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
