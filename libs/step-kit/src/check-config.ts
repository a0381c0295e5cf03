import { configSchemaOf } from './describe.js';
import type { StepType } from './step-type.js';

/** Something missing or wrong in a step's config, as its author wrote it. */
export interface ConfigProblem {
  readonly code: 'missing_field' | 'invalid_field' | 'unknown_field';
  /** Dot path inside the config, for example `cases.0.condition`. */
  readonly path: string;
  /** A sentence for the author. */
  readonly message: string;
  readonly blocking: boolean;
}

type Path = readonly PropertyKey[];

/** An unescaped `{{`: what it stands for is known only when run. */
const TEMPLATE = /(?:^|[^\\])\{\{/;

/**
 * Checks a config before it is run. A value that holds a `{{ … }}` may stand for any type, so what the
 * schema says about it is left for the run.
 */
export function checkConfig(
  stepType: Pick<StepType, 'config'>,
  authored: Readonly<Record<string, unknown>>,
): ConfigProblem[] {
  const result = stepType.config.safeParse(authored);
  const issues = result.success ? [] : result.error.issues;
  const problems = issues
    .filter((issue) => !holdsTemplate(valueAt(authored, issue.path)))
    .map((issue) => toProblem(stepType, authored, issue));
  return [...problems, ...unknownFields(stepType, authored)];
}

function toProblem(
  stepType: Pick<StepType, 'config'>,
  authored: unknown,
  issue: { readonly path: Path; readonly message: string },
): ConfigProblem {
  const path = issue.path.map(String).join('.');
  const title = titleOf(stepType, issue.path);
  if (isMissing(valueAt(authored, issue.path))) {
    return { code: 'missing_field', path, message: `${title} is missing. Fill it in.`, blocking: true };
  }
  return { code: 'invalid_field', path, message: `${title}: ${issue.message}`, blocking: true };
}

function unknownFields(stepType: Pick<StepType, 'config'>, authored: object): ConfigProblem[] {
  const known = configSchemaOf(stepType).properties ?? {};
  return Object.keys(authored)
    .filter((field) => !Object.hasOwn(known, field))
    .map((field) => ({
      code: 'unknown_field',
      path: field,
      message: `This step has no field “${field}”. It is ignored; remove it or correct its name.`,
      blocking: false,
    }));
}

function titleOf(stepType: Pick<StepType, 'config'>, path: Path): string {
  const [field] = path;
  const name = field === undefined ? 'This step' : String(field);
  const schema = configSchemaOf(stepType).properties?.[name];
  return (
    (typeof schema === 'object' && path.length === 1 && schema.title) || path.map(String).join('.') || name
  );
}

function isMissing(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
}

function valueAt(value: unknown, path: Path): unknown {
  let found = value;
  for (const key of path) {
    if (typeof found === 'string' && TEMPLATE.test(found)) return found;
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, key)) return undefined;
    found = Reflect.get(found, key);
  }
  return found;
}

function holdsTemplate(value: unknown): boolean {
  if (typeof value === 'string') return TEMPLATE.test(value);
  return typeof value === 'object' && value !== null && Object.values(value).some(holdsTemplate);
}
