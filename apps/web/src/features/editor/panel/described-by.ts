import type { WorkflowProblem } from '@hookloom/contracts';

/** The ids of what `FieldFrame` says about a field, for `aria-describedby`. */
export function describedBy(
  id: string,
  said: { readonly problems: readonly WorkflowProblem[]; readonly hint: string | undefined },
): string | undefined {
  const ids = [said.problems.length > 0 ? `${id}-problem` : '', said.hint ? `${id}-hint` : ''];
  return ids.filter(Boolean).join(' ') || undefined;
}
