import { configSchemaOf, type JsonSchema } from './describe.js';
import type { StepType } from './step-type.js';

/** Where a step type's config holds what; dot paths, `*` for every item or key (`cases.*.condition`). */
export interface ExpressionPaths {
  /** Bare JSONata that gives a value. */
  readonly expression: readonly string[];
  /** Bare JSONata whose value is taken as a list. */
  readonly list: readonly string[];
  /** Bare JSONata that gives yes or no. */
  readonly condition: readonly string[];
  /** JavaScript: the body of a function. */
  readonly code: readonly string[];
  /** Text whose `{{ }}` parts are percent-encoded after the host. */
  readonly url: readonly string[];
}

const cache = new WeakMap<object, ExpressionPaths>();

/** Reads the schema's `widget` marks; made once a step type. */
export function expressionPathsOf(stepType: Pick<StepType, 'config'>): ExpressionPaths {
  const known = cache.get(stepType.config);
  if (known) return known;
  const found = {
    expression: new Set<string>(),
    list: new Set<string>(),
    condition: new Set<string>(),
    code: new Set<string>(),
    url: new Set<string>(),
  };
  walk(configSchemaOf(stepType), '', (path, { widget, result }) => {
    if (widget === 'expression') found[result === 'list' ? 'list' : 'expression'].add(path);
    else if (widget === 'condition' || widget === 'code' || widget === 'url') found[widget].add(path);
  });
  const paths = {
    expression: [...found.expression],
    list: [...found.list],
    condition: [...found.condition],
    code: [...found.code],
    url: [...found.url],
  };
  cache.set(stepType.config, paths);
  return paths;
}

function walk(schema: JsonSchema, path: string, visit: (path: string, schema: JsonSchema) => void): void {
  visit(path, schema);
  const below = (name: string): string => (path === '' ? name : `${path}.${name}`);
  for (const [name, child] of Object.entries(schema.properties ?? {})) {
    if (typeof child === 'object') walk(child, below(name), visit);
  }
  for (const child of [schema.items, schema.additionalProperties].flat()) {
    if (typeof child === 'object') walk(child, below('*'), visit);
  }
  for (const child of [...(schema.anyOf ?? []), ...(schema.allOf ?? []), ...(schema.oneOf ?? [])]) {
    if (typeof child === 'object') walk(child, path, visit);
  }
}
