/** Names one attempt of a step in its run; `startedAt` in epoch milliseconds. */
export interface Attempt {
  readonly stepId: string;
  readonly path: string;
  readonly attempt: number;
  readonly startedAt: number;
}
