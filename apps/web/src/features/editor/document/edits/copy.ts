import { WorkflowEdge, WorkflowStep } from '@hookloom/contracts';
import { z } from 'zod';
import { findStep, withDefinition, withPositions, type Draft, type Point, type StepFacts } from '../draft.js';
import { edgesOutOf } from '../graph.js';
import { flowOf, STEP_HEIGHT } from '../flow.js';
import { allPositions, freePlace } from '../layout.js';
import { freshCopyId, freshName } from '../step-ids.js';
import { withReferencesRenamed } from './change-step-id.js';
import { addGroup, changeGroup, Group, groupsOf } from './groups.js';

const Place = z.object({ x: z.number(), y: z.number() });

/** Steps as they lie on the clipboard: JSON that works in other workflows and on other servers. */
export const Fragment = z.object({
  hookloom: z.literal(1),
  steps: z.array(WorkflowStep).min(1).max(2_000),
  edges: z.array(WorkflowEdge).max(10_000),
  positions: z.record(z.string(), Place),
  groups: z.array(Group).max(2_000).optional(),
});
export type Fragment = z.infer<typeof Fragment>;

/** `undefined`: the clipboard holds no steps. */
export function parseFragment(text: string): Fragment | undefined {
  try {
    const parsed = Fragment.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

export function copySteps(draft: Draft, ids: Iterable<string>): Fragment | undefined {
  const chosen = new Set(ids);
  const steps = draft.definition.steps.filter(({ id }) => chosen.has(id));
  if (steps.length === 0) return undefined;
  const positions = Object.entries(allPositions(draft)).filter(([id]) => chosen.has(id));
  const edges = steps.flatMap(({ id }) => edgesOutOf(draft, id)).filter(({ target }) => chosen.has(target));
  const groups = groupsOf(draft).filter((group) => group.steps.every((id) => chosen.has(id)));
  return {
    hookloom: 1,
    steps,
    edges,
    positions: Object.fromEntries(positions),
    ...(groups.length === 0 ? {} : { groups: [...groups] }),
  };
}

/** What was pasted, and where it went. */
export interface Pasted {
  readonly draft: Draft;
  readonly ids: readonly string[];
}

/**
 * Adds copied steps with ids of their own; what they read from one another is rewritten to the copies.
 *
 * @param at where the top left of them goes
 */
export function pasteSteps(draft: Draft, fragment: Fragment, at: Point, facts: StepFacts): Pasted {
  const ids = freshIds(draft, fragment);
  const present = new Set(draft.definition.steps.map(({ name }) => name ?? ''));
  const names = new Set(present);
  const steps = fragment.steps.map((step) => {
    const copy = renameAll(step, ids, facts);
    // Steps that were called alike among themselves stay so.
    const name = step.name !== undefined && present.has(step.name) ? freshName(step.name, names) : step.name;
    if (name !== undefined) names.add(name);
    return { ...copy, id: ids.get(step.id) ?? step.id, ...(name === undefined ? {} : { name }) };
  });
  const inner = fragment.edges.flatMap((edge) => {
    const source = ids.get(edge.source);
    const target = ids.get(edge.target);
    return source === undefined || target === undefined ? [] : [{ ...edge, source, target }];
  });
  const added = withDefinition(draft, {
    steps: [...draft.definition.steps, ...steps],
    edges: [...draft.definition.edges, ...inner],
  });
  const places = placesOf(fragment, ids, at);
  const placed = withPositions(added, { ...allPositions(draft), ...places });
  return { draft: withCopiedGroups(placed, fragment.groups ?? [], ids), ids: [...ids.values()] };
}

function withCopiedGroups(draft: Draft, groups: readonly Group[], ids: ReadonlyMap<string, string>): Draft {
  const taken = new Set(groupsOf(draft).map(({ id }) => id));
  return groups.reduce((result, { id, name, steps, collapsed }) => {
    const copy = freshCopyId(id, taken);
    taken.add(copy);
    const added = addGroup(result, { id: copy, name, steps: steps.flatMap((step) => ids.get(step) ?? []) });
    return collapsed === undefined ? added : changeGroup(added, copy, { collapsed });
  }, draft);
}

/** Copies steps right beside themselves. */
export function duplicateSteps(draft: Draft, chosen: Iterable<string>, facts: StepFacts): Pasted {
  const fragment = copySteps(draft, chosen);
  if (fragment === undefined) return { draft, ids: [] };
  const positions = allPositions(draft);
  const [first] = fragment.steps;
  const corner = first ? (positions[first.id] ?? { x: 0, y: 0 }) : { x: 0, y: 0 };
  const { along, across, at, lane } = flowOf(draft);
  const wanted = at(along(corner), across(corner) + lane);
  const place = fragment.steps.length === 1 ? freePlace(draft, positions, wanted) : wanted;
  return pasteSteps(draft, fragment, place, facts);
}

/** A place beyond everything, for a paste from the keyboard. */
export function beyondAll(draft: Draft): Point {
  const { along, across, at, next } = flowOf(draft);
  const points = Object.values(allPositions(draft));
  if (points.length === 0) return { x: 0, y: 0 };
  return at(Math.max(...points.map(along)) + next, Math.min(...points.map(across)));
}

function freshIds(draft: Draft, fragment: Fragment): Map<string, string> {
  const taken = new Set(draft.definition.steps.map(({ id }) => id));
  const ids = new Map<string, string>();
  for (const { id } of fragment.steps) {
    const fresh = findStep(draft, id) || taken.has(id) ? freshCopyId(id, taken) : id;
    taken.add(fresh);
    ids.set(id, fresh);
  }
  return ids;
}

/** Renames by way of names that no step can have, so that a chain of new ids is never renamed twice. */
function renameAll(step: WorkflowStep, ids: ReadonlyMap<string, string>, facts: StepFacts): WorkflowStep {
  const changes = [...ids].filter(([from, to]) => from !== to);
  const aside = changes.reduce(
    (result, [from], at) => withReferencesRenamed(result, from, `Z${at}`, facts),
    step,
  );
  return changes.reduce((result, [, to], at) => withReferencesRenamed(result, `Z${at}`, to, facts), aside);
}

function placesOf(fragment: Fragment, ids: ReadonlyMap<string, string>, at: Point): Record<string, Point> {
  const points = fragment.steps.map(
    ({ id }, index) => fragment.positions[id] ?? { x: 0, y: index * STEP_HEIGHT * 2 },
  );
  const left = Math.min(...points.map(({ x }) => x));
  const top = Math.min(...points.map(({ y }) => y));
  return Object.fromEntries(
    fragment.steps.map(({ id }, index) => {
      const { x, y } = points[index] ?? { x: 0, y: 0 };
      return [ids.get(id) ?? id, { x: at.x + x - left, y: at.y + y - top }];
    }),
  );
}
