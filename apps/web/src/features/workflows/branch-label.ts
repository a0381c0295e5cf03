import type { OutlineRow } from './outline.js';

/** What stands on the pill of a branch: the step's own condition, or a word for handles with a fixed meaning. */
export type BranchLabel =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'otherwise' | 'error' | 'each' | 'done' | 'timeout' };

const FIXED = {
  false: 'otherwise',
  default: 'otherwise',
  error: 'error',
  each: 'each',
  done: 'done',
  timeout: 'timeout',
} as const;

function isFixed(handle: string): handle is keyof typeof FIXED {
  return Object.hasOwn(FIXED, handle);
}

export function branchLabelOf({ from, handle }: NonNullable<OutlineRow['branch']>): BranchLabel {
  if (isFixed(handle)) return { kind: FIXED[handle] };
  const condition = from.config['condition'];
  const isYes = handle === 'true' && typeof condition === 'string' && condition !== '';
  return { kind: 'text', text: isYes ? condition : handle };
}
