import type { WorkflowStep } from '@hookloom/contracts';
import { compileConfig, type EvaluationScope, type Evaluator } from '@hookloom/expressions';
import type { DuePoll, Look } from '@hookloom/persistence';
import {
  openConnection,
  resolveConfig,
  type ConnectionSource,
  type DefinitionSource,
  type VariableSource,
} from '@hookloom/runner';
import {
  ConfigurationError,
  expressionPathsOf,
  ExpressionError,
  type AccessTokens,
  type HttpClient,
} from '@hookloom/step-kit';
import { fetchList, MOST_POLL_ITEMS, PollConfig, triggerPollStep } from '@hookloom/steps';

/** The world as a look sees it. */
export interface LookDeps {
  readonly definitions: DefinitionSource;
  readonly connections: ConnectionSource;
  readonly variables: VariableSource;
  readonly evaluator: Evaluator;
  readonly http: HttpClient;
  readonly tokens: AccessTokens;
}

type ScopeOf = (input: string, item?: { readonly json: string; readonly index: number }) => EvaluationScope;

/**
 * Asks the other server for its list and reads items, keys and cursor out of the answer. Stores nothing.
 *
 * @throws StepError with a sentence for the workflow's author
 */
export async function lookOnce(deps: LookDeps, poll: DuePoll, signal: AbortSignal): Promise<Look> {
  const step = await findStep(deps, poll);
  const scopeOf = scopes(await deps.variables.load(poll.projectId));
  const cursor = poll.cursorJson ?? 'null';
  const program = compileConfig(step.config, expressionPathsOf(triggerPollStep));
  const compiled = { step, type: triggerPollStep, program };
  const ready = await resolveConfig(deps, compiled, async () => scopeOf(`{"cursor":${cursor}}`));
  const config = PollConfig.parse(ready.config);
  const connection = await openConnection(deps, poll.projectId, compiled);
  const { status, headers, bodyJson } = await fetchList({ ...deps, config, connection, signal });
  const answer = `"status":${status},"headers":${JSON.stringify(headers)},"body":${bodyJson},"cursor":${cursor}`;
  const items = await readItems(deps, config.items ?? 'input.body', scopeOf(`{${answer}}`));
  const keys = await Promise.all(
    items.map((json, index) => readKey(deps, config.key, scopeOf(`{${answer}}`, { json, index }), index)),
  );
  const whole = scopeOf(`{${answer},"items":[${items.join(',')}]}`);
  const next = config.cursor === undefined ? 'null' : await valueOf(deps, 'Cursor', config.cursor, whole);
  return {
    items: items.map((json, at) => ({ json, key: keys[at] ?? '' })),
    cursorJson: next === 'null' ? undefined : next,
    takesAll: config.first === 'all',
  };
}

async function findStep(deps: LookDeps, poll: DuePoll): Promise<WorkflowStep> {
  const { projectId, workflowId, version, stepId } = poll;
  const { definition } = await deps.definitions.load({ id: workflowId, projectId, workflowId, version });
  const step = definition.steps.find(({ id }) => id === stepId);
  if (!step)
    throw new ConfigurationError(`The live version has no step "${stepId}".`, { code: 'missing_step' });
  return step;
}

/** What its expressions see: `input`, `vars`, and in the key of an item `item` and `index`. */
function scopes(vars: string): ScopeOf {
  return (input, item) => ({
    trigger: '{}',
    body: { kind: 'json', json: 'null' },
    steps: new Map(),
    input: { kind: 'json', json: input },
    vars,
    run: '{}',
    ...(item && { item: item.json, index: item.index }),
  });
}

async function readItems(deps: LookDeps, source: string, scope: EvaluationScope): Promise<string[]> {
  const [outcome] = await deps.evaluator.evaluate({ expressions: [{ source, as: 'list' }], scope });
  if (!outcome?.ok) throw failed('Items', outcome?.error.message);
  // A list comes with a comma and a line break between its items; no other line break is in it.
  const text = outcome.json.slice(1, -1);
  const items = text === '' ? [] : text.split(',\n');
  if (items.length <= MOST_POLL_ITEMS) return items;
  throw new ConfigurationError(
    `The answer lists ${items.length} items, more than ${MOST_POLL_ITEMS}. Ask for fewer at a time, by a page size or the cursor.`,
    { code: 'too_many_items' },
  );
}

async function readKey(
  deps: LookDeps,
  source: string,
  scope: EvaluationScope,
  index: number,
): Promise<string> {
  const key: unknown = JSON.parse(await valueOf(deps, 'Key of an item', source, scope));
  if ((typeof key === 'string' && key !== '') || typeof key === 'number') return String(key);
  throw new ConfigurationError(
    `The key of item ${index + 1} is no text and no number. Correct “Key of an item”: without a key nobody knows which items are new.`,
    { code: 'missing_key' },
  );
}

async function valueOf(
  deps: LookDeps,
  name: string,
  source: string,
  scope: EvaluationScope,
): Promise<string> {
  const [outcome] = await deps.evaluator.evaluate({ expressions: [{ source, as: 'value' }], scope });
  if (outcome?.ok) return outcome.json;
  throw failed(name, outcome?.error.message);
}

function failed(field: string, message = 'It gave nothing.'): ExpressionError {
  return new ExpressionError(`“${field}” failed: ${message}`, { code: 'expression_failed' });
}
