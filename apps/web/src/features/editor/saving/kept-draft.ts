import { WorkflowDefinition } from '@hookloom/contracts';
import { z } from 'zod';
import type { Draft } from '../document/draft.js';

const KeptDraft = z.object({
  /** The revision that the edits were made from. */
  revision: z.int(),
  name: z.string(),
  definition: WorkflowDefinition,
});
export type KeptDraft = z.infer<typeof KeptDraft>;

const keyOf = (workflowId: string) => `hookloom.draft.${workflowId}`;

/** Keeps edits on this device until the server has them. Where the browser gives no storage nothing is kept. */
export function keepDraft(workflowId: string, draft: Draft, revision: number): void {
  try {
    localStorage.setItem(keyOf(workflowId), JSON.stringify({ revision, ...draft }));
  } catch {
    // Storage is blocked or full: the server has all but the last second.
  }
}

export function findKeptDraft(workflowId: string): KeptDraft | undefined {
  try {
    const text = localStorage.getItem(keyOf(workflowId));
    return text === null ? undefined : KeptDraft.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

export function forgetDraft(workflowId: string): void {
  try {
    localStorage.removeItem(keyOf(workflowId));
  } catch {
    // Nothing was kept either.
  }
}
