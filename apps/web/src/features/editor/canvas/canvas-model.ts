import type { StepResultView, WorkflowEdge } from '@hookloom/contracts';
import type { Edge, Node } from '@vue-flow/core';
import { markRaw } from 'vue';
import { edgeKey, handleOf, type Draft, type Point, type Positions } from '../document/draft.js';
import { notesOf, type Note } from '../document/edits/notes.js';
import { flowOf, STEP_HEIGHT, STEP_WIDTH, type Direction } from '../document/flow.js';
import { stepStatus, type ShownStatus } from '../run/step-status.js';
import type { StepRow } from '../useStepRows.js';
import type { Section, ShownLine } from './sections.js';

/** What a step's card on the canvas is drawn from. */
export interface CardData {
  readonly row: StepRow;
  readonly status: ShownStatus;
  readonly result: StepResultView | undefined;
  readonly direction: Direction;
}
/** How an edge looks beside a run: taken, being taken, left aside, or no run is shown. */
export type EdgeLook = 'plain' | 'done' | 'active' | 'skipped';
export interface LineData {
  readonly edge: WorkflowEdge;
  readonly look: EdgeLook;
  readonly from: string;
  readonly to: string;
  /** An end is hidden by a collapsed section: nothing can be put on the line. */
  readonly isFolded: boolean;
}
export interface NoteData {
  readonly note: Note;
}
export interface SectionData {
  readonly section: Section;
  readonly direction: Direction;
}

type CanvasNode = Node<CardData | NoteData | SectionData>;

interface Shown {
  readonly draft: Draft;
  readonly rows: readonly StepRow[];
  readonly results: ReadonlyMap<string, StepResultView>;
}
/** Which of it is drawn, and how. */
interface Drawn {
  /** Node ids; the rest is too far from the view. */
  readonly drawn: ReadonlySet<string>;
  readonly positions: Positions;
  readonly sections: readonly Section[];
  readonly selected: ReadonlySet<string>;
  /** Where steps stand that are being dragged now. */
  readonly dragged: Readonly<Record<string, Point>>;
}

/** Space between a section's frame and its steps; above them stands its name. */
const PADDING = { side: 24, top: 56, bottom: 40 };

/** The draft as the canvas library wants it; always new objects, never changed ones, and none watched inside. */
export function toNodes(
  { draft, rows, results }: Shown,
  { drawn, positions, sections, selected, dragged }: Drawn,
): CanvasNode[] {
  const { direction } = flowOf(draft);
  const steps = rows.flatMap((row) => {
    const position = dragged[row.id] ?? positions[row.id];
    if (position === undefined || !drawn.has(row.id)) return [];
    const result = results.get(row.id);
    return {
      id: row.id,
      type: 'step',
      position: { ...position },
      selected: selected.has(row.id),
      width: STEP_WIDTH,
      height: STEP_HEIGHT,
      data: markRaw({ row, result, status: stepStatus(row.step, result), direction }),
    };
  });
  const notes = notesOf(draft).map((note) => ({
    id: noteNodeId(note.id),
    type: 'note',
    position: dragged[noteNodeId(note.id)] ?? { x: note.x, y: note.y },
    selectable: false,
    connectable: false,
    data: markRaw({ note }),
  }));
  return [...sections.map((section) => toSection(section, direction)), ...notes, ...steps];
}

function toSection(section: Section, direction: Direction): CanvasNode {
  const { rect, nodeId: id, group } = section;
  const common = { id, selectable: false, connectable: false, data: markRaw({ section, direction }) };
  if (group.collapsed) {
    return { ...common, type: 'folded', position: { x: rect.left, y: rect.top }, draggable: false };
  }
  return {
    ...common,
    type: 'section',
    position: { x: rect.left - PADDING.side, y: rect.top - PADDING.top },
    draggable: false,
    zIndex: -1,
    width: rect.right - rect.left + 2 * PADDING.side,
    height: rect.bottom - rect.top + PADDING.top + PADDING.bottom,
  };
}

/** Notes and steps share the canvas's names; a step's id never holds a colon. */
export function noteNodeId(id: string): string {
  return `note:${id}`;
}

export function toEdges(
  { rows, results }: Shown,
  lines: readonly ShownLine[],
  drawn: ReadonlySet<string>,
): Edge<LineData>[] {
  const names = new Map(rows.map((row) => [row.id, row.name]));
  return lines
    .filter(({ source, target }) => drawn.has(source) && drawn.has(target))
    .map(({ edge, source, target }) => ({
      id: edgeKey(edge),
      type: 'line',
      ariaLabel: `${names.get(source) ?? source} → ${names.get(target) ?? target}`,
      source,
      target,
      sourceHandle: source === edge.source ? handleOf(edge) : 'out',
      targetHandle: 'in',
      data: markRaw({
        edge,
        look: lookOf(results.get(edge.source), results.get(edge.target)),
        from: names.get(edge.source) ?? edge.source,
        to: names.get(edge.target) ?? edge.target,
        isFolded: source !== edge.source || target !== edge.target,
      }),
    }));
}

/** How the line between two steps looks beside what a run did at them. */
export function lookOf(source: StepResultView | undefined, target: StepResultView | undefined): EdgeLook {
  if (source === undefined || target === undefined) return 'plain';
  if (source.status === 'skipped' || target.status === 'skipped') return 'skipped';
  if (target.status === 'running' || target.status === 'waiting') return 'active';
  return target.status === 'pending' || target.status === 'queued' ? 'plain' : 'done';
}
