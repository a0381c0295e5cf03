/**
 * The words of the product and the values they can take. One word, one meaning: the same in the screen,
 * the API, the code and the docs.
 */

export const EVENT_STATUSES = ['accepted', 'captured', 'held', 'duplicate', 'rejected'] as const;
/** What came of one request that an endpoint received. */
export type EventStatus = (typeof EVENT_STATUSES)[number];

export const RUN_STATUSES = [
  'queued',
  'running',
  'waiting',
  'succeeded',
  'failed',
  'cancelled',
  'skipped',
] as const;
/** Where a run stands. `skipped`: the trigger's filter said no. */
export type RunStatus = (typeof RUN_STATUSES)[number];

export const FINISHED_RUN_STATUSES = ['succeeded', 'failed', 'cancelled', 'skipped'] as const;
/** A status that a run never leaves, except that a person's retry queues `failed` or `cancelled` again. */
export type FinishedRunStatus = (typeof FINISHED_RUN_STATUSES)[number];

export const STEP_STATUSES = [...RUN_STATUSES, 'pending'] as const;
/** Where one step stands inside a run. */
export type StepStatus = (typeof STEP_STATUSES)[number];

export const RUN_KINDS = [
  'event',
  'schedule',
  'manual',
  'form',
  'subworkflow',
  'error',
  'replay',
  'test',
] as const;
/** What started a run. */
export type RunKind = (typeof RUN_KINDS)[number];

export const WORKFLOW_STATUSES = ['draft', 'live', 'paused'] as const;
/** `draft`: nothing is live. */
export type WorkflowStatus = (typeof WORKFLOW_STATUSES)[number];

export const VERIFICATION_STATUSES = ['verified', 'failed', 'unchecked', 'none'] as const;
/**
 * Whether the sender proved itself. `unchecked`: the sender signs but no secret is set; `none`: no sender
 * is chosen, or it offers no check.
 */
export type VerificationStatus = (typeof VERIFICATION_STATUSES)[number];

export const ROLES = ['viewer', 'operator', 'editor', 'admin', 'owner'] as const;
/** What a member of a project may do; each role may do all that the one before it may. */
export type Role = (typeof ROLES)[number];

/** The step type whose output answers a held request, and is what a sub-workflow gives. */
export const RESPOND = 'respond';

/** The step type that waits for a call or a person; its URLs are known from the run's start. */
export const WAIT = 'wait';

/** Triggers that events of an endpoint start. */
export const WEBHOOK_TRIGGER = 'trigger.webhook';
export const FORM_TRIGGER = 'trigger.form';
export const POLL_TRIGGER = 'trigger.poll';

/**
 * Senders that are this server itself: a page that people fill in, a look at another server. Their endpoints are made
 * with the step, and no request to a trigger URL reaches them.
 */
export const FORM_SENDER = 'form';
export const POLL_SENDER = 'poll';
export const INNER_SENDERS = [FORM_SENDER, POLL_SENDER] as const;

/** Whether the events of an endpoint start a step of this type. */
export function takesEvents(stepType: string): boolean {
  return stepType === WEBHOOK_TRIGGER || innerSenderOf(stepType) !== undefined;
}

/** For whom the endpoint of a step is, where that is this server itself. */
export function innerSenderOf(stepType: string): string | undefined {
  if (stepType === FORM_TRIGGER) return FORM_SENDER;
  return stepType === POLL_TRIGGER ? POLL_SENDER : undefined;
}

/** Whether an endpoint's events are made by this server itself. */
export function isInnerSender(sender: string): boolean {
  return INNER_SENDERS.some((inner) => inner === sender);
}

/** The step type that people start; its fields are what they are asked for. */
export const MANUAL_TRIGGER = 'trigger.manual';

/** The step type that runs another workflow. */
export const CALL_WORKFLOW = 'workflow';

/** Triggers that other runs start. */
export const SUBWORKFLOW_TRIGGER = 'trigger.subworkflow';
export const ERROR_TRIGGER = 'trigger.error';

/** The step type whose handle `each` leads into rounds: a part of the graph's meaning, not only of a step's. */
export const LOOP = { type: 'foreach', each: 'each', done: 'done' } as const;
