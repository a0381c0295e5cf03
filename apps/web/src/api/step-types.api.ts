import { z } from 'zod';
import { get } from './http.js';

/** What a list or an outline shows of a step type; the rest of the answer is the editor's. */
export const StepTypeLook = z.object({
  type: z.string(),
  title: z.string(),
  kind: z.enum(['trigger', 'logic', 'data', 'send', 'wait', 'code']),
  icon: z.string(),
  summary: z.string().optional(),
});
export type StepTypeLook = z.infer<typeof StepTypeLook>;

const StepTypes = z.object({ items: z.array(StepTypeLook) });

export const stepTypesApi = {
  list: (signal?: AbortSignal) => get(StepTypes, '/step-types', { signal }),
};
