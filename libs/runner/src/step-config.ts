import { secretsOf, isConnectionType, type WorkflowStep } from '@hookloom/contracts';
import type { EvaluationOutcome, EvaluationScope } from '@hookloom/expressions';
import {
  ConfigurationError,
  Evaluated,
  ExpressionError,
  type OpenConnection,
  type StepType,
} from '@hookloom/step-kit';
import type { CompiledStep } from './compiled-workflow.js';
import type { RunnerDeps } from './runner-deps.js';

/** A step's settings, ready to act on. */
export interface ReadyConfig {
  readonly config: unknown;
  readonly evaluated: Readonly<Record<string, Evaluated>>;
}

/**
 * Evaluates a step's expressions and checks the result against its type's schema.
 *
 * @throws ExpressionError if a `{{ }}` failed; ConfigurationError if the settings do not fit
 */
export async function resolveConfig(
  deps: Pick<RunnerDeps, 'evaluator'>,
  compiled: CompiledStep,
  scope: () => Promise<EvaluationScope>,
): Promise<ReadyConfig> {
  const { program, type, step } = compiled;
  const { expressions } = program;
  const limit = step.timeoutMs === undefined ? {} : { limitMs: step.timeoutMs };
  const outcomes =
    expressions.length === 0
      ? []
      : await deps.evaluator.evaluate({ expressions, scope: await scope(), ...limit });
  const resolved = program.resolve(outcomes);
  if (!resolved.ok) {
    throw new ExpressionError(
      `The field "${resolved.path}" of "${step.name ?? step.id}" failed: ${resolved.error.message}`,
      {
        code: `expression_${resolved.error.code}`,
      },
    );
  }
  const evaluated: Record<string, Evaluated> = {};
  for (const [path, outcome] of Object.entries(resolved.evaluated))
    evaluated[path] = toEvaluated(path, outcome);
  return { config: parseConfig(type, step, resolved.config), evaluated };
}

function toEvaluated(path: string, outcome: EvaluationOutcome): Evaluated {
  if (outcome.ok) return Evaluated.of(outcome.json, outcome.logs);
  const { code, message } = outcome.error;
  // Code says itself what failed; an expression is one of a step's fields.
  if (outcome.logs) {
    const detail = outcome.logs.length === 0 ? {} : { detail: { logs: outcome.logs } };
    return Evaluated.failed(new ExpressionError(message, { code: `code_${code}`, ...detail }));
  }
  return Evaluated.failed(
    new ExpressionError(`The field "${path}" failed: ${message}`, { code: `expression_${code}` }),
  );
}

function parseConfig(type: StepType, step: WorkflowStep, config: unknown): unknown {
  const parsed = type.config.safeParse(config);
  if (parsed.success) return parsed.data;
  const wrong = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'settings'}: ${issue.message}`);
  const message = `The settings of "${step.name ?? step.id}" do not fit. ${wrong.slice(0, 5).join('; ')}`;
  throw new ConfigurationError(message, { code: 'invalid_config' });
}

/**
 * Opens the connection that the settings name, in the run's own project only.
 *
 * @throws ConfigurationError if there is none of that key or of a fitting type
 */
export async function openConnection(
  deps: Pick<RunnerDeps, 'connections'>,
  projectId: string,
  compiled: CompiledStep,
): Promise<OpenConnection | undefined> {
  const wanted = compiled.type.connection;
  const key = compiled.step.config['connection'];
  if (!wanted || key === undefined || key === '') return undefined;
  const connection = typeof key === 'string' ? await deps.connections.open(projectId, key) : undefined;
  if (!connection) {
    throw new ConfigurationError(
      `There is no connection "${String(key)}". Create it, or choose another in the step.`,
      {
        code: 'missing_connection',
      },
    );
  }
  if (wanted.types.some((type) => type === connection.type)) return connection;
  throw new ConfigurationError(
    `The connection "${connection.key}" is of type ${connection.type}; this step needs ${wanted.types.join(' or ')}.`,
    { code: 'wrong_connection_type' },
  );
}

/** The texts of a connection that must not appear in run data. */
export function connectionSecrets(connection: OpenConnection | undefined): readonly string[] {
  if (!connection || !isConnectionType(connection.type)) return [];
  return secretsOf(connection.type, connection.data);
}
