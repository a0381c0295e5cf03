import { Graph, layout } from '@dagrejs/dagre';
import type { WorkflowEdge } from '@hookloom/contracts';
import { groupBy } from '../group-by.js';
import { handleOf, PLAIN_HANDLE, type Draft, type Point, type Positions, type StepFacts } from './draft.js';
import { flowTo, flowOf, SNAP, STEP_HEIGHT, STEP_WIDTH, type Direction } from './flow.js';

/** A graph to be laid out, as plain data: it also goes to a worker. */
export interface LayoutTask {
  readonly steps: readonly string[];
  /** Branches of a step in the order of its handles. */
  readonly edges: readonly WorkflowEdge[];
  readonly direction: Direction;
}

export function snapped({ x, y }: Point): Point {
  return { x: Math.round(x / SNAP) * SNAP, y: Math.round(y / SNAP) * SNAP };
}

/** What is to be laid out of a draft: all of it, or the steps of `only`. */
export function layoutTask(draft: Draft, facts?: StepFacts, only?: ReadonlySet<string>): LayoutTask {
  const { steps, edges } = draft.definition;
  const byId = new Map(steps.map((step) => [step.id, step]));
  const isMeant = (id: string) => byId.has(id) && (only === undefined || only.has(id));
  const place = (edge: WorkflowEdge) => {
    const source = byId.get(edge.source);
    return source && facts ? facts.handlesOf(source).indexOf(handleOf(edge)) : 0;
  };
  return {
    steps: steps.map(({ id }) => id).filter(isMeant),
    edges: edges
      .filter(({ source, target }) => isMeant(source) && isMeant(target))
      .toSorted((a, b) => place(a) - place(b)),
    direction: flowOf(draft).direction,
  };
}

/**
 * Places every step: ways lead down (or right), branches stand side by side in the order of their handles. The same
 * graph gives the same picture.
 */
export function tidyPositions({ steps, edges, direction }: LayoutTask): Positions {
  const flow = flowTo(direction);
  const isDown = direction === 'down';
  const graph = new Graph({ multigraph: true });
  graph.setGraph({
    rankdir: isDown ? 'TB' : 'LR',
    rankalign: 'top',
    nodesep: flow.lane - (isDown ? STEP_WIDTH : STEP_HEIGHT),
    ranksep: flow.next - (isDown ? STEP_HEIGHT : STEP_WIDTH),
  });
  graph.setDefaultEdgeLabel(() => ({}));
  const branching = new Set(
    edges.filter((edge) => handleOf(edge) !== PLAIN_HANDLE).map((edge) => edge.source),
  );
  for (const id of steps) {
    const pills = branching.has(id) ? flow.pills : 0;
    graph.setNode(id, {
      width: STEP_WIDTH + (isDown ? 0 : pills),
      height: STEP_HEIGHT + (isDown ? pills : 0),
    });
  }
  for (const edge of edges) graph.setEdge(edge.source, edge.target, {}, handleOf(edge));
  layout(graph, { constraints: sideBySide(edges) });
  return Object.fromEntries(
    steps.map((id) => {
      const { x = 0, y = 0, width = 0, height = 0 } = graph.node(id);
      return [id, snapped({ x: x - width / 2, y: y - height / 2 })];
    }),
  );
}

/** Branches that begin in the same row keep the order of their handles. */
function sideBySide(edges: readonly WorkflowEdge[]): { readonly left: string; readonly right: string }[] {
  const into = groupBy(edges, ({ target }) => target);
  return [...groupBy(edges, ({ source }) => source).values()].flatMap((leaving) => {
    const heads = leaving.map(({ target }) => target).filter((target) => into.get(target)?.length === 1);
    return heads.slice(1).map((right, at) => ({ left: heads[at] ?? right, right }));
  });
}
