import { LOOP, type WorkflowDefinition, type WorkflowStep } from '@hookloom/contracts';
import { bodiesOf, innermostLoops, strayEdge } from './loop-bodies.js';

/** The handle that an edge leaves by when it names none. */
export const DEFAULT_HANDLE = 'out';

export interface PlannedEdge {
  readonly target: string;
  readonly handle: string;
}

/** One step as a run from a given trigger sees it. */
export interface PlannedStep {
  readonly id: string;
  readonly step: WorkflowStep;
  /** Edges to steps of the same round; those into a loop's body stand in `body`. */
  readonly outgoing: readonly PlannedEdge[];
  /** Edges that end here and begin at a step this run can reach. */
  readonly incomingCount: number;
  /** The distinct steps those edges begin at, in the document's order. */
  readonly sources: readonly string[];
  /** The innermost loop that this step is done in, round by round. */
  readonly loop: string | undefined;
  /** What a loop does for each item; undefined for all other steps. */
  readonly body: LoopBody | undefined;
}

export interface LoopBody {
  /** Steps that a round begins with. */
  readonly starts: readonly string[];
  /** All steps of one round in order, those of loops inside it left out. */
  readonly steps: readonly string[];
}

/** A definition prepared for runs from one trigger: only what that trigger reaches. */
export interface Plan {
  /** The step that is ready first. */
  readonly startId: string;
  /** The step whose output is `trigger`; none in the test of a single step. */
  readonly triggerId: string | undefined;
  readonly steps: ReadonlyMap<string, PlannedStep>;
}

/** A definition that no run can follow; `checkGraph` says so before publishing. */
export class PlanError extends Error {
  readonly code = 'unplannable';
}

/**
 * Prepares a definition for runs that start at `triggerId`.
 *
 * @throws PlanError if there is no such step, if what it reaches has a cycle, or if an edge leaves a loop's body
 */
export function planOf(definition: WorkflowDefinition, triggerId: string): Plan {
  const byId = new Map(definition.steps.map((step) => [step.id, step]));
  const trigger = byId.get(triggerId);
  if (!trigger) throw new PlanError(`The workflow has no step "${triggerId}" to start from.`);
  const outgoing = edgesBySource(definition, byId);
  const order = orderFrom(triggerId, outgoing);
  const bodies = bodiesOf(
    order.filter((id) => byId.get(id)?.type === LOOP.type),
    outgoing,
  );
  const stray = strayEdge(order, outgoing, bodies);
  if (stray) throw new PlanError(`An edge leads out of the loop "${stray.loop}" to "${stray.target}".`);
  const loops = innermostLoops(bodies);
  const sources = sourcesOf(order, outgoing);
  const steps = new Map<string, PlannedStep>();
  for (const id of order) {
    const step = byId.get(id);
    if (!step) continue;
    const edges = outgoing.get(id) ?? [];
    const isLoop = bodies.has(id);
    const before = sources.get(id) ?? [];
    steps.set(id, {
      id,
      step,
      outgoing: isLoop ? edges.filter((edge) => edge.handle !== LOOP.each) : edges,
      incomingCount: before.length,
      sources: [...new Set(before)],
      loop: loops.get(id),
      body: isLoop ? bodyOf(id, edges, order, loops) : undefined,
    });
  }
  return { startId: triggerId, triggerId, steps };
}

function bodyOf(
  loop: string,
  edges: readonly PlannedEdge[],
  order: readonly string[],
  loops: ReadonlyMap<string, string>,
): LoopBody {
  return {
    starts: edges.filter((edge) => edge.handle === LOOP.each).map((edge) => edge.target),
    steps: order.filter((id) => loops.get(id) === loop),
  };
}

/** A plan in which only one step is done: a test of that step alone. */
export function planOfOne(definition: WorkflowDefinition, stepId: string): Plan {
  const step = definition.steps.find((candidate) => candidate.id === stepId);
  if (!step) throw new PlanError(`The workflow has no step "${stepId}".`);
  const only: PlannedStep = {
    id: stepId,
    step,
    outgoing: [],
    incomingCount: 0,
    sources: [],
    loop: undefined,
    body: step.type === LOOP.type ? { starts: [], steps: [] } : undefined,
  };
  return { startId: stepId, triggerId: undefined, steps: new Map([[stepId, only]]) };
}

/** The edges that begin at each step, a doubled one once; edges to or from nowhere are left out. */
export function edgesBySource(
  definition: WorkflowDefinition,
  byId: ReadonlyMap<string, WorkflowStep>,
): Map<string, PlannedEdge[]> {
  const outgoing = new Map<string, PlannedEdge[]>();
  for (const edge of definition.edges) {
    if (!byId.has(edge.source) || !byId.has(edge.target)) continue;
    const handle = edge.sourceHandle ?? DEFAULT_HANDLE;
    const edges = outgoing.get(edge.source) ?? [];
    const known = edges.some((other) => other.target === edge.target && other.handle === handle);
    if (!known) edges.push({ target: edge.target, handle });
    outgoing.set(edge.source, edges);
  }
  return outgoing;
}

function sourcesOf(
  order: readonly string[],
  outgoing: ReadonlyMap<string, readonly PlannedEdge[]>,
): Map<string, string[]> {
  const sources = new Map<string, string[]>();
  for (const id of order) {
    for (const edge of outgoing.get(id) ?? []) {
      const known = sources.get(edge.target);
      if (known) known.push(id);
      else sources.set(edge.target, [id]);
    }
  }
  return sources;
}

/** Topological order of what `start` reaches. */
function orderFrom(start: string, outgoing: ReadonlyMap<string, readonly PlannedEdge[]>): string[] {
  const done: string[] = [];
  const mark = new Map<string, 'open' | 'done'>();
  const stack = [{ id: start, next: 0 }];
  mark.set(start, 'open');
  for (let top = stack.at(-1); top; top = stack.at(-1)) {
    const edge = outgoing.get(top.id)?.[top.next];
    top.next += 1;
    if (!edge) {
      mark.set(top.id, 'done');
      done.push(top.id);
      stack.pop();
      continue;
    }
    const seen = mark.get(edge.target);
    if (seen === 'open') throw new PlanError(`The steps form a circle through "${edge.target}".`);
    if (seen === undefined) {
      mark.set(edge.target, 'open');
      stack.push({ id: edge.target, next: 0 });
    }
  }
  return done.reverse();
}
