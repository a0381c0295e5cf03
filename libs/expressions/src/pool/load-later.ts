import type { EvaluationRequest, ScopeValue } from '../evaluator.js';
import { referencesOfCode } from '../source/code-references.js';
import { needsOf } from '../source/needs.js';
import type { KnownReferences } from './known-references.js';

/** Whether something that expressions may read is kept elsewhere. */
export function hasLater({ scope }: EvaluationRequest): boolean {
  if (scope.body.kind === 'later') return true;
  for (const value of scope.steps.values()) if (value.kind === 'later') return true;
  return false;
}

/** The request with what its expressions may read fetched; what they do not stays where it is. */
export async function withLoaded(
  request: EvaluationRequest,
  references: KnownReferences,
): Promise<EvaluationRequest> {
  const known = request.expressions.map(({ source, as }) =>
    as === 'code' ? referencesOfCode(source) : (references.find(source) ?? 'all'),
  );
  const needs = needsOf(known, request.scope);
  const steps = new Map<string, ScopeValue>(request.scope.steps);
  for (const id of needs.steps) {
    const value = steps.get(id);
    if (value?.kind === 'later') steps.set(id, { kind: 'json', json: await value.load() });
  }
  const { body } = request.scope;
  const loaded = body.kind === 'later' && needs.body ? await body.load() : body;
  return { ...request, scope: { ...request.scope, steps, body: loaded } };
}
