import type { RateLimit } from '@hookloom/contracts';

/** One host that steps of a project call. */
export interface Destination {
  readonly projectId: string;
  /** As in a URL, with its port if it has one. */
  readonly host: string;
}

/** Whether a call may be made. `turnUntil`: from `until` on up to then a call is reserved for whoever asked. */
export type Clearance =
  | { readonly kind: 'clear' }
  | {
      readonly kind: 'wait';
      /** Epoch milliseconds. */
      readonly until: number;
      /** A sentence for a person. */
      readonly reason: string;
      readonly turnUntil?: number;
    };

/** What all workers know together of the hosts that they call: whose limit is reached, and who does not answer. */
export interface Destinations {
  /**
   * @param limit none: only whether it answers counts
   * @param workflowId whose call it is: concerned if the destination stays broken
   */
  ask(destination: Destination, limit: RateLimit | undefined, workflowId: string): Promise<Clearance>;
  /** How a call went. `problem`: why it failed in a way that the next one may fail too. Costs nothing while all is well. */
  note(destination: Destination, problem: string | undefined): void;
}

/** A step cannot act yet; nothing was sent. */
export class StepPostponed extends Error {
  readonly code = 'step_postponed';
  constructor(readonly wait: Extract<Clearance, { kind: 'wait' }>) {
    super(wait.reason);
    this.name = 'StepPostponed';
  }
}
