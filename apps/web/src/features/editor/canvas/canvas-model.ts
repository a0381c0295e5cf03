import type { StepResultView, WorkflowEdge } from '@hookloom/contracts';
import type { Edge, Node } from '@vue-flow/core';
import { edgeKey, handleOf, type Draft } from '../document/draft.js';
import { notesOf, type Note } from '../document/edits/notes.js';
import { allPositions, STEP_HEIGHT, STEP_WIDTH } from '../document/layout.js';
import { stepStatus, type ShownStatus } from '../run/step-status.js';
import type { StepRow } from '../useStepRows.js';

/** What a step's card on the canvas is drawn from. */
export interface CardData {
  readonly row: StepRow;
  readonly status: ShownStatus;
  readonly result: StepResultView | undefined;
}
/** How an edge looks beside a run: taken, being taken, left aside, or no run is shown. */
export type EdgeLook = 'plain' | 'done' | 'active' | 'skipped';
export interface LineData {
  readonly edge: WorkflowEdge;
  readonly look: EdgeLook;
  readonly from: string;
  readonly to: string;
  readonly isChosen: boolean;
}
export interface NoteData {
  readonly note: Note;
}

interface Shown {
  readonly draft: Draft;
  readonly rows: readonly StepRow[];
  readonly selected: ReadonlySet<string>;
  readonly results: ReadonlyMap<string, StepResultView>;
}

/** The draft as the canvas library wants it; always new objects, never changed ones. */
export function toNodes({ draft, rows, selected, results }: Shown): Node<CardData | NoteData>[] {
  const positions = allPositions(draft);
  const steps = rows.map((row) => {
    const result = results.get(row.id);
    return {
      id: row.id,
      type: 'step',
      position: { ...(positions[row.id] ?? { x: 0, y: 0 }) },
      selected: selected.has(row.id),
      width: STEP_WIDTH,
      height: STEP_HEIGHT,
      data: { row, result, status: stepStatus(row.step, result) },
    };
  });
  const notes = notesOf(draft).map((note) => ({
    id: noteNodeId(note.id),
    type: 'note',
    position: { x: note.x, y: note.y },
    selectable: false,
    connectable: false,
    data: { note },
  }));
  return [...notes, ...steps];
}

/** Notes and steps share the canvas's names; a step's id never holds a colon. */
export function noteNodeId(id: string): string {
  return `note:${id}`;
}

export function toEdges({ draft, rows, results }: Shown, chosenEdge: string | undefined): Edge<LineData>[] {
  const names = new Map(rows.map((row) => [row.id, row.name]));
  return draft.definition.edges.map((edge) => ({
    id: edgeKey(edge),
    type: 'line',
    source: edge.source,
    target: edge.target,
    sourceHandle: handleOf(edge),
    targetHandle: 'in',
    data: {
      edge,
      look: lookOf(results.get(edge.source), results.get(edge.target)),
      from: names.get(edge.source) ?? edge.source,
      to: names.get(edge.target) ?? edge.target,
      isChosen: edgeKey(edge) === chosenEdge,
    },
  }));
}

function lookOf(source: StepResultView | undefined, target: StepResultView | undefined): EdgeLook {
  if (source === undefined || target === undefined) return 'plain';
  if (target.status === 'skipped') return 'skipped';
  if (target.status === 'running' || target.status === 'waiting') return 'active';
  return target.status === 'pending' || target.status === 'queued' ? 'plain' : 'done';
}
