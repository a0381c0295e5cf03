import type { WorkflowProblem } from '@hookloom/contracts';

/** A problem before it is known where in the document its step stands. */
export type StepProblem = Pick<WorkflowProblem, 'code' | 'path' | 'message' | 'blocking'>;
