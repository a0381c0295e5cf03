import type { WorkflowEdge } from '@hookloom/contracts';
import { edgeKey, type Draft, type Positions } from '../document/draft.js';
import { groupsOf, type Group } from '../document/edits/groups.js';
import { allPositions } from '../document/layout.js';
import { rectAround, rectOfStep, type Rect } from './geometry.js';

/** A section as it stands on the canvas. */
export interface Section {
  readonly group: Group;
  readonly nodeId: string;
  /** Around its steps. */
  readonly rect: Rect;
}

/** What is on the canvas once collapsed sections hide their steps. */
export interface Stage {
  readonly sections: readonly Section[];
  /** Of steps that are shown and of collapsed sections, by node id. */
  readonly positions: Positions;
  /** The node that stands for a step: itself, or the section that hides it. */
  readonly nodeOf: (stepId: string) => string;
}

export function sectionNodeId(id: string): string {
  return `group:${id}`;
}

export function stageOf(draft: Draft): Stage {
  const all = allPositions(draft);
  const hiddenBy = new Map<string, string>();
  const sections = groupsOf(draft).flatMap((group): Section[] => {
    const rect = rectAround(group.steps.flatMap((id) => (all[id] ? [rectOfStep(all[id])] : [])));
    if (rect === undefined) return [];
    const nodeId = sectionNodeId(group.id);
    if (group.collapsed) for (const id of group.steps) hiddenBy.set(id, nodeId);
    return [{ group, nodeId, rect }];
  });
  if (hiddenBy.size === 0) return { sections, positions: all, nodeOf: (id) => id };
  const shown = Object.entries(all).filter(([id]) => !hiddenBy.has(id));
  const folded = sections.flatMap(({ group, nodeId, rect }) =>
    group.collapsed ? [[nodeId, { x: rect.left, y: rect.top }] as const] : [],
  );
  return {
    sections,
    positions: Object.fromEntries([...shown, ...folded]),
    nodeOf: (id) => hiddenBy.get(id) ?? id,
  };
}

/** An edge between the nodes that are shown; `undefined`: both its ends are hidden by the same one. */
export interface ShownLine {
  readonly edge: WorkflowEdge;
  readonly source: string;
  readonly target: string;
}

export function shownLines(draft: Draft, { nodeOf }: Stage): ShownLine[] {
  const taken = new Set<string>();
  return draft.definition.edges.flatMap((edge) => {
    const line = { edge, source: nodeOf(edge.source), target: nodeOf(edge.target) };
    const isFolded = line.source !== edge.source || line.target !== edge.target;
    const key = edgeKey({ ...edge, ...line, ...(line.source === edge.source ? {} : { sourceHandle: '' }) });
    if (line.source === line.target || (isFolded && taken.has(key))) return [];
    if (isFolded) taken.add(key);
    return [line];
  });
}
