import type { WorkflowDefinition, WorkflowEdge, WorkflowStep } from '@hookloom/contracts';

/** What is being edited. Never changed in place: every edit gives a new one that shares what stayed the same. */
export interface Draft {
  readonly name: string;
  readonly definition: WorkflowDefinition;
}

/** Pixels on the canvas, at 100 %. */
export interface Point {
  readonly x: number;
  readonly y: number;
}
export type Positions = Readonly<Record<string, Point>>;

/** What the edits must know of step types; it comes from the server's declarations. */
export interface StepFacts {
  isTrigger(type: string): boolean;
  /** The handles a step can be left by, in the order they are drawn. */
  handlesOf(step: WorkflowStep): readonly string[];
  /** Dot paths of the config fields that hold bare JSONata, `*` for every item or key. */
  bareExpressionsOf(type: string): readonly string[];
  /** The config fields that a step type knows. */
  fieldsOf(type: string): readonly string[];
}

/** What a step is left by when its edge does not say. */
export const PLAIN_HANDLE = 'out';
/** The handle of a step whose errors branch off. */
export const ERROR_HANDLE = 'error';

export function handleOf(edge: Pick<WorkflowEdge, 'sourceHandle'>): string {
  return edge.sourceHandle ?? PLAIN_HANDLE;
}

/** An edge as the document writes it: the plain handle is left out. */
export function anEdge(source: string, handle: string, target: string): WorkflowEdge {
  return handle === PLAIN_HANDLE ? { source, target } : { source, target, sourceHandle: handle };
}

/** Names an edge inside one draft. */
export function edgeKey(edge: WorkflowEdge): string {
  return `${edge.source}:${handleOf(edge)}>${edge.target}`;
}

export function findStep(draft: Draft, id: string): WorkflowStep | undefined {
  return draft.definition.steps.find((step) => step.id === id);
}

export function withDefinition(draft: Draft, change: Partial<WorkflowDefinition>): Draft {
  return { ...draft, definition: { ...draft.definition, ...change } };
}

/** The draft with one step changed; the same draft where the change changes nothing. */
export function withStep(draft: Draft, id: string, change: (step: WorkflowStep) => WorkflowStep): Draft {
  const before = findStep(draft, id);
  const after = before && change(before);
  if (after === undefined || after === before) return draft;
  const steps = draft.definition.steps.map((step) => (step === before ? after : step));
  return withDefinition(draft, { steps });
}

const NOWHERE: Positions = {};

export function positionsOf(draft: Draft): Positions {
  return draft.definition.layout?.positions ?? NOWHERE;
}

export function withPositions(draft: Draft, positions: Positions): Draft {
  return withDefinition(draft, { layout: { ...draft.definition.layout, positions: { ...positions } } });
}
