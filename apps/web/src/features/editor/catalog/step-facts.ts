import { textsAt, type WorkflowEdge, type WorkflowStep } from '@hookloom/contracts';
import type { FieldSchema, StepTypeDetail } from '../../../api/step-type-details.api.js';
import { ERROR_HANDLE, handleOf, PLAIN_HANDLE, type StepFacts } from '../document/draft.js';

/** The step types of this server, by name. */
export type Catalog = ReadonlyMap<string, StepTypeDetail>;

const BARE = new Set(['expression', 'condition', 'code']);

/** What the edits must know, from the server's declarations. A type that the server does not know has one plain handle. */
export function factsOf(catalog: Catalog): StepFacts {
  return {
    isTrigger: (type) => (catalog.get(type)?.kind ?? kindByName(type)) === 'trigger',
    handlesOf: ({ type, config, onError }) => {
      const { handles = [PLAIN_HANDLE], handlesFrom } = catalog.get(type) ?? {};
      const named = handlesFrom ? textsAt(config, handlesFrom) : [];
      return [...new Set([...named, ...handles, ...(onError === 'branch' ? [ERROR_HANDLE] : [])])];
    },
    bareExpressionsOf: (type) => pathsOf(catalog.get(type)?.configSchema.properties ?? {}),
    fieldsOf: (type) => Object.keys(catalog.get(type)?.configSchema.properties ?? {}),
  };
}

/**
 * The handles of a step, and those that its edges name beyond them.
 *
 * @param out the edges that leave it
 */
export function shownHandles(
  step: WorkflowStep,
  out: readonly WorkflowEdge[],
  facts: StepFacts,
): readonly string[] {
  const handles = facts.handlesOf(step);
  return out.every((edge) => handles.includes(handleOf(edge)))
    ? handles
    : [...new Set([...handles, ...out.map(handleOf)])];
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
