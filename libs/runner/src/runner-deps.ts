import type { Evaluator } from '@hookloom/expressions';
import type { AccessTokens, HttpClient, MailClient } from '@hookloom/step-kit';
import type { CompiledWorkflows } from './compiled-workflow.js';
import type { Destinations } from './destinations.js';
import type { RunFiles } from './run-files.js';
import type { ChangePublisher, ConnectionSource, RunStore, StepPlace, VariableSource } from './ports.js';

/** The world as the runner sees it. */
export interface RunnerDeps {
  readonly store: RunStore;
  readonly workflows: CompiledWorkflows;
  readonly connections: ConnectionSource;
  readonly variables: VariableSource;
  readonly evaluator: Evaluator;
  readonly http: HttpClient;
  readonly mail: MailClient;
  readonly files: RunFiles;
  readonly tokens: AccessTokens;
  readonly destinations: Destinations;
  readonly changes: ChangePublisher;
  /** The address that ends a wait: signed, for one use. */
  readonly resumeUrl: (kind: 'webhook' | 'approval', runId: string, place: StepPlace) => string;
  /** Epoch milliseconds, database clock. */
  readonly now: () => number;
  /** From 0 to 1. */
  readonly random: () => number;
  /** An error that is ours, not the workflow's: for the log. */
  readonly reportFault: (error: unknown, context: { runId: string; stepId?: string }) => void;
}
