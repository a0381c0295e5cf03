import {
  fromTemplateSetting,
  type ConnectionView,
  type TemplateConnection,
  type TemplateField,
  type TemplateView,
  type WorkflowDefinition,
  type WorkflowProblem,
  type WorkflowSetupUpdate,
} from '@hookloom/contracts';

/** One thing to do before the workflow runs. What is done is read from the workflow itself wherever it tells. */
export interface SetupItem {
  readonly id: string;
  readonly kind: 'connection' | 'fields' | 'webhook' | 'sample' | 'publish';
  readonly state: 'open' | 'done' | 'skipped';
  /** Of an item of that kind. */
  readonly connection?: TemplateConnection;
}

/** What the checklist is read from. */
export interface SetupFacts {
  readonly template: TemplateView;
  readonly definition: WorkflowDefinition;
  readonly connections: readonly Pick<ConnectionView, 'key' | 'type'>[];
  readonly problems: readonly WorkflowProblem[];
  readonly hasSecret: boolean;
  /** An event has reached the URL. */
  readonly hasEvent: boolean;
  readonly isLive: boolean;
  readonly setup: WorkflowSetupUpdate;
}

/** The items in the order they are done; what belongs to steps that were deleted is left out. */
export function checklistOf(facts: SetupFacts): SetupItem[] {
  const { template, setup } = facts;
  const items = [
    ...template.connections
      .filter((connection) => stepsOf(facts.definition, connection).length > 0)
      .map((connection) => ({
        id: `connection:${connection.id}`,
        kind: 'connection' as const,
        isDone: isConnected(facts, connection),
        connection,
      })),
    ...(shownFields(facts).length > 0
      ? [{ id: 'fields', kind: 'fields' as const, isDone: areFilledIn(facts) }]
      : []),
    { id: 'webhook', kind: 'webhook' as const, isDone: facts.hasSecret || setup.done.includes('webhook') },
    { id: 'sample', kind: 'sample' as const, isDone: facts.hasEvent },
    { id: 'publish', kind: 'publish' as const, isDone: facts.isLive },
  ];
  return items.map(({ isDone, ...item }) => ({
    ...item,
    state: isDone ? 'done' : setup.skipped.includes(item.id) ? 'skipped' : 'open',
  }));
}

/** What comes after an item: the next open one, from the beginning if there is none below. */
export function nextOpen(items: readonly SetupItem[], after?: string): string | undefined {
  const at = items.findIndex(({ id }) => id === after);
  const isOpen = ({ id, state }: SetupItem) => state === 'open' && id !== after;
  return (items.slice(at + 1).find(isOpen) ?? items.find(isOpen))?.id;
}

/** Ids of the steps that use a connection and are still there. */
export function stepsOf({ steps }: WorkflowDefinition, connection: TemplateConnection): string[] {
  return connection.steps.filter((id) => steps.some((step) => step.id === id));
}

/** The key of the connection that a step uses. */
export function connectionOf({ steps }: WorkflowDefinition, stepId: string | undefined): string | undefined {
  const key = steps.find(({ id }) => id === stepId)?.config['connection'];
  return typeof key === 'string' && key !== '' ? key : undefined;
}

/** The fields to fill in: those of steps that are there, and of the kind of connection that was chosen. */
export function shownFields({
  template,
  definition,
  connections,
}: Pick<SetupFacts, 'template' | 'definition' | 'connections'>): TemplateField[] {
  return template.fields.filter(({ step, onlyFor }) => {
    if (!definition.steps.some(({ id }) => id === step)) return false;
    if (onlyFor === undefined) return true;
    const key = connectionOf(definition, step);
    return connections.some((connection) => connection.key === key && connection.type === onlyFor);
  });
}

/** A field's value as it stands in the document; `undefined` where somebody wrote the setting otherwise. */
export function valueOf({ steps }: WorkflowDefinition, field: TemplateField): string | undefined {
  return fromTemplateSetting(field, steps.find(({ id }) => id === field.step)?.config[field.field]);
}

/** Why the workflow cannot go live with what stands in a field. */
export function problemOf(problems: readonly WorkflowProblem[], field: TemplateField): string | undefined {
  return problems.find(
    ({ stepId, path, blocking }) => blocking && stepId === field.step && path.endsWith(`.${field.field}`),
  )?.message;
}

function isConnected({ definition, connections }: SetupFacts, connection: TemplateConnection): boolean {
  return stepsOf(definition, connection).every((step) => {
    const key = connectionOf(definition, step);
    return connections.some((each) => each.key === key && connection.types.includes(each.type));
  });
}

function areFilledIn(facts: SetupFacts): boolean {
  return shownFields(facts).every(
    (field) => valueOf(facts.definition, field) !== '' && problemOf(facts.problems, field) === undefined,
  );
}
