import { z } from 'zod';
import { findStep, withDefinition, type Draft } from '../draft.js';

/**
 * A named section of the canvas; collapsed, it is drawn as one card. It changes nothing of what runs. Sections of
 * another shape are kept as they are and not shown.
 */
export const Group = z.looseObject({
  id: z.string(),
  name: z.string(),
  steps: z.array(z.string()),
  collapsed: z.boolean().optional(),
});
export type Group = z.infer<typeof Group>;

const known = new WeakMap<readonly unknown[], Group[]>();

export function groupsOf(draft: Draft): readonly Group[] {
  const all = allGroups(draft);
  const before = known.get(all);
  if (before) return before;
  const groups = all.flatMap((group) => Group.safeParse(group).data ?? []);
  known.set(all, groups);
  return groups;
}

/** The section that a step lies in; every step lies in one at most. */
export function groupOfStep(draft: Draft, stepId: string): Group | undefined {
  return groupsOf(draft).find(({ steps }) => steps.includes(stepId));
}

/** Puts steps into a section of their own; they leave the ones they were in. */
export function addGroup(
  draft: Draft,
  { id, name, steps }: { readonly id: string; readonly name: string; readonly steps: readonly string[] },
): Draft {
  const own = [...new Set(steps)].filter((step) => findStep(draft, step));
  if (own.length === 0 || groupsOf(draft).some((group) => group.id === id)) return draft;
  const left = changed(allGroups(draft), (group) => withSteps(group, without(group.steps, own)));
  return withGroups(draft, [...left, { id, name, steps: own }]);
}

export function changeGroup(
  draft: Draft,
  id: string,
  change: { readonly name?: string; readonly collapsed?: boolean },
): Draft {
  return withGroups(
    draft,
    changed(allGroups(draft), (group) => (group.id === id ? { ...group, ...change } : group)),
  );
}

/** Takes a section away; its steps stay. */
export function ungroup(draft: Draft, id: string): Draft {
  return withGroups(
    draft,
    changed(allGroups(draft), (group) => (group.id === id ? undefined : group)),
  );
}

/** Takes steps that are gone out of their sections, and sections that are empty away. */
export function withGroupsPruned(draft: Draft): Draft {
  return withGroups(
    draft,
    changed(allGroups(draft), (group) =>
      withSteps(
        group,
        group.steps.filter((step) => findStep(draft, step)),
      ),
    ),
  );
}

/** The draft with the steps of every section under other ids. */
export function withGroupSteps(draft: Draft, renamed: (id: string) => string): Draft {
  return withGroups(
    draft,
    changed(allGroups(draft), (group) => withSteps(group, group.steps.map(renamed))),
  );
}

function withSteps(group: Group, steps: readonly string[]): Group | undefined {
  if (steps.length === group.steps.length && steps.every((step, at) => step === group.steps[at]))
    return group;
  return steps.length === 0 ? undefined : { ...group, steps: [...steps] };
}

function without(steps: readonly string[], gone: readonly string[]): string[] {
  return steps.filter((step) => !gone.includes(step));
}

/** The sections with a change made to each that is one; the same list where nothing changed. */
function changed(
  groups: readonly unknown[],
  change: (group: Group) => Group | undefined,
): readonly unknown[] {
  const after = groups.flatMap((each) => {
    const group = Group.safeParse(each).data;
    if (group === undefined) return [each];
    const next = change(group);
    return next === undefined ? [] : [next === group ? each : next];
  });
  return after.length === groups.length && after.every((each, at) => each === groups[at]) ? groups : after;
}

const NONE: readonly unknown[] = [];

function allGroups(draft: Draft): readonly unknown[] {
  return draft.definition.layout?.groups ?? NONE;
}

function withGroups(draft: Draft, groups: readonly unknown[]): Draft {
  if (groups === allGroups(draft)) return draft;
  const { groups: _before, ...layout } = draft.definition.layout ?? {};
  return withDefinition(draft, { layout: groups.length === 0 ? layout : { ...layout, groups: [...groups] } });
}
