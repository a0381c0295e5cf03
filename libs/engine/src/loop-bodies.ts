import { LOOP } from '@hookloom/contracts';

interface Edge {
  readonly target: string;
  readonly handle: string;
}
type Edges = ReadonlyMap<string, readonly Edge[]>;
/** What can be reached from the handle `each` of each loop, by the loop's id. */
export type Bodies = ReadonlyMap<string, ReadonlySet<string>>;

/** The steps of each loop's rounds, those of loops inside it included. */
export function bodiesOf(loops: readonly string[], outgoing: Edges): Bodies {
  return new Map(loops.map((loop) => [loop, reachedByEach(loop, outgoing)]));
}

function reachedByEach(loop: string, outgoing: Edges): ReadonlySet<string> {
  const found = new Set<string>();
  const open = (outgoing.get(loop) ?? []).filter((edge) => edge.handle === LOOP.each);
  for (let edge = open.pop(); edge; edge = open.pop()) {
    if (found.has(edge.target)) continue;
    found.add(edge.target);
    open.push(...(outgoing.get(edge.target) ?? []));
  }
  return found;
}

/** The loop that each step is done in: of several, the innermost. */
export function innermostLoops(bodies: Bodies): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const fromOutside = [...bodies].sort(([, a], [, b]) => b.size - a.size);
  for (const [loop, body] of fromOutside) for (const id of body) found.set(id, loop);
  return found;
}

/**
 * An edge that crosses the border of a loop's body other than by its handle `each`: its target would be done both in
 * every round and after the loop.
 */
export function strayEdge(
  steps: readonly string[],
  outgoing: Edges,
  bodies: Bodies,
): { readonly loop: string; readonly source: string; readonly target: string } | undefined {
  for (const [loop, body] of bodies) {
    for (const source of steps) {
      if (body.has(source)) continue;
      const stray = (outgoing.get(source) ?? []).find(
        ({ target, handle }) => body.has(target) && !(source === loop && handle === LOOP.each),
      );
      if (stray) return { loop, source, target: stray.target };
    }
  }
  return undefined;
}
