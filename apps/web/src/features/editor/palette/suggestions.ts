import type { StepTypeDetail } from '../../../api/step-type-details.api.js';
import type { Kind } from '../../../ui/step-icons.js';
import { findStep, type Draft } from '../document/draft.js';
import type { Catalog } from '../catalog/step-facts.js';
import type { PastedRequest } from './pasted-request.js';
import type { Place } from './usePalette.js';

const MOST = 3;

/** The kinds of steps that mostly come after one of a kind. */
const FOLLOWERS: Readonly<Record<Kind, readonly Kind[]>> = {
  trigger: ['data', 'logic', 'send'],
  data: ['logic', 'send', 'data'],
  logic: ['send', 'data', 'logic'],
  send: ['logic', 'send', 'data'],
  wait: ['logic', 'send', 'data'],
  code: ['logic', 'send', 'data'],
};

/** What mostly comes here: what follows the same type elsewhere in this workflow, then the first of each fitting kind. */
export function suggestedHere(
  draft: Draft,
  catalog: Catalog,
  fitting: readonly StepTypeDetail[],
  place: Place,
): StepTypeDetail[] {
  const sourceId =
    place.kind === 'after' ? place.stepId : place.kind === 'edge' ? place.edge.source : undefined;
  const source = sourceId === undefined ? undefined : findStep(draft, sourceId);
  const kind = source && catalog.get(source.type)?.kind;
  if (source === undefined || kind === undefined) return [];
  const seen = draft.definition.edges.flatMap((edge) => {
    const from = findStep(draft, edge.source);
    const to = findStep(draft, edge.target);
    return from?.type === source.type && from.id !== source.id && to ? [to.type] : [];
  });
  const known = fitting.filter(({ type }) => seen.includes(type));
  const usual = FOLLOWERS[kind].flatMap((next) => fitting.find((stepType) => stepType.kind === next) ?? []);
  return [...new Set([...known, ...usual])].slice(0, MOST);
}

/** The step type that a pasted request becomes: the one that asks for a URL and calls itself that. */
export function requestType(fitting: readonly StepTypeDetail[]): StepTypeDetail | undefined {
  return fitting.find(
    ({ configSchema, synonyms }) =>
      configSchema.properties['url']?.widget === 'url' && synonyms.includes('curl'),
  );
}

/** The parts of a pasted request that the step type has a field for. */
export function requestConfig(
  request: PastedRequest,
  { configSchema }: StepTypeDetail,
): Record<string, unknown> {
  return Object.fromEntries(Object.entries(request).filter(([field]) => field in configSchema.properties));
}
