import type { WorkflowDefinition, WorkflowEdge, WorkflowStep } from '@hookloom/contracts';

/** One step as the outline lists it. */
export interface OutlineRow {
  readonly step: WorkflowStep;
  /** How many branches it lies inside. */
  readonly depth: number;
  /** Set on the first step of a branch: the step it leaves and by which handle. */
  readonly branch: { readonly from: WorkflowStep; readonly handle: string } | undefined;
  /** Several ways meet here. */
  readonly isJoin: boolean;
  /** The row above is one of the steps before this one. */
  readonly followsRowAbove: boolean;
  /** No way leads here from a trigger, so it never runs. */
  readonly isUnreachable: boolean;
}

/** The branches a step lies inside, outermost first, as `step:handle`. */
type BranchPath = readonly string[];

const PLAIN_HANDLES = new Set(['out', 'done']);
const handleOf = (edge: WorkflowEdge) => edge.sourceHandle ?? 'out';
const isBranch = (edge: WorkflowEdge) => !PLAIN_HANDLES.has(handleOf(edge));

/**
 * The steps in the order they run, each once, with branches indented. A step where branches meet again
 * stands at the depth they share. Steps in a cycle or without a trigger before them come last, unindented.
 */
export function outlineOf(definition: WorkflowDefinition): OutlineRow[] {
  const graph = new Graph(definition);
  const rows: OutlineRow[] = [];
  const paths = new Map<string, BranchPath>();
  const stack = definition.steps
    .filter((step) => graph.incoming(step.id).length === 0 && isTrigger(step))
    .reverse();
  for (let step = stack.pop(); step; step = stack.pop()) {
    if (paths.has(step.id)) continue;
    const path = pathOf(graph.incoming(step.id), paths);
    paths.set(step.id, path);
    const sources = graph.incoming(step.id).map(({ source }) => source);
    rows.push({
      step,
      depth: path.length,
      branch: branchOf(graph, step),
      isJoin: sources.length > 1,
      followsRowAbove: sources.includes(rows.at(-1)?.step.id ?? ''),
      isUnreachable: false,
    });
    const next = graph.outgoing(step.id).flatMap(({ target }) => graph.find(target) ?? []);
    for (const follower of next.reverse()) {
      if (graph.incoming(follower.id).every(({ source }) => paths.has(source))) stack.push(follower);
    }
  }
  const rest = definition.steps.filter(({ id }) => !paths.has(id));
  const lost = { depth: 0, branch: undefined, isJoin: false, followsRowAbove: false, isUnreachable: true };
  return [...rows, ...rest.map((step) => ({ step, ...lost }))];
}

/** Whether a step starts runs. */
export function isTrigger(step: WorkflowStep): boolean {
  return step.type.startsWith('trigger.');
}

/** What a step is called: its name, or its id where it has none. */
export function stepName(step: WorkflowStep): string {
  return step.name !== undefined && step.name !== '' ? step.name : step.id;
}

function pathOf(incoming: readonly WorkflowEdge[], paths: ReadonlyMap<string, BranchPath>): BranchPath {
  const ways = incoming.map((edge) => {
    const path = paths.get(edge.source) ?? [];
    return isBranch(edge) ? [...path, `${edge.source}:${handleOf(edge)}`] : path;
  });
  const [first = [], ...others] = ways;
  const length = first.findIndex((part, at) => others.some((other) => other[at] !== part));
  return length === -1 ? first : first.slice(0, length);
}

function branchOf(graph: Graph, step: WorkflowStep): OutlineRow['branch'] {
  const [edge, ...others] = graph.incoming(step.id);
  const from = edge && others.length === 0 && isBranch(edge) ? graph.find(edge.source) : undefined;
  return edge && from ? { from, handle: handleOf(edge) } : undefined;
}

class Graph {
  private readonly steps: ReadonlyMap<string, WorkflowStep>;
  private readonly into = new Map<string, WorkflowEdge[]>();
  private readonly outOf = new Map<string, WorkflowEdge[]>();

  constructor(definition: WorkflowDefinition) {
    this.steps = new Map(definition.steps.map((step) => [step.id, step]));
    for (const edge of definition.edges) {
      if (!this.steps.has(edge.source) || !this.steps.has(edge.target)) continue;
      add(this.into, edge.target, edge);
      add(this.outOf, edge.source, edge);
    }
  }
  find(id: string): WorkflowStep | undefined {
    return this.steps.get(id);
  }
  incoming(id: string): readonly WorkflowEdge[] {
    return this.into.get(id) ?? [];
  }
  outgoing(id: string): readonly WorkflowEdge[] {
    return this.outOf.get(id) ?? [];
  }
}

function add(lists: Map<string, WorkflowEdge[]>, id: string, edge: WorkflowEdge): void {
  const list = lists.get(id);
  if (list) list.push(edge);
  else lists.set(id, [edge]);
}
