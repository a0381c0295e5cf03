import type { Draft } from '../document/draft.js';
import { edgesInto, stepsBefore } from '../document/graph.js';
import { memberPath, type DataRoot } from './paths.js';
import type { KnownData, SampleScope } from './scope.js';

interface Known {
  readonly draft: Draft;
  readonly known: KnownData;
  readonly scope: SampleScope;
  nameOf(stepId: string): string;
}

/**
 * What the fields of a step can use, nearest first: what the steps before it are known to give, the trigger and the
 * project's variables. A step that only hands on what came to it says nothing new and is left out.
 */
export function sourcesOf(stepId: string, { draft, known, scope, nameOf }: Known): DataRoot[] {
  const roots: DataRoot[] = [];
  for (const step of stepsBefore(draft, stepId)) {
    const { id } = step;
    const value = known.isTrigger(step) ? scope.trigger : scope.steps[id];
    if (value === undefined || (known.passesOn(step) && isSaid(draft, id, scope))) continue;
    const path = known.isTrigger(step) ? 'trigger' : memberPath('steps', id, false);
    if (roots.every((root) => root.path !== path))
      roots.push({ path, key: known.isTrigger(step) ? path : id, value, about: nameOf(id) });
  }
  const { vars } = scope;
  if (Object.keys(vars).length > 0) roots.push({ path: 'vars', key: 'vars', value: vars, about: '' });
  return roots;
}

/** Id of the nearest step that gives something of its own; `undefined`: that is the trigger, or nothing is known. */
export function nearestSource(stepId: string, looked: Omit<Known, 'nameOf'>): string | undefined {
  const [nearest] = sourcesOf(stepId, { ...looked, nameOf: (id) => id });
  return nearest === undefined || !nearest.path.startsWith('steps') ? undefined : nearest.key;
}

/** Whether a step's output is that of a step before it. */
function isSaid(draft: Draft, stepId: string, scope: SampleScope): boolean {
  const own = textOf(scope.steps[stepId]);
  return edgesInto(draft, stepId).some(({ source }) => textOf(scope.steps[source]) === own);
}

/** Outputs may be large, and are compared with every edit. */
const texts = new WeakMap<object, string>();
function textOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? '';
  const known = texts.get(value) ?? JSON.stringify(value);
  texts.set(value, known);
  return known;
}
