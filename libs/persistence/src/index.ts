export { AcceptWriter, type AcceptSettings } from './accept/accept-writer.js';
export type { AcceptedEvent, AcceptOutcome, NewEventRun, RecordedEvent } from './accept/accepted-event.js';
export { EndpointLookup, type EndpointForIngress, type EndpointRoute } from './accept/endpoint-lookup.js';
export { statusByRoutes, toEventRun } from './accept/event-runs.js';
export { HeldEvents, type HeldProgress } from './accept/held-events.js';
export { AlertOutbox, type OutgoingAlert, type SendAlert } from './alerts/alert-outbox.js';
export { readAlertSettings, readWorkflowAlerts, ALERTS_SETTING } from './alerts/alert-settings.js';
export { AlertWork } from './alerts/alert-work.js';
export { toSilenceView } from './alerts/silence-rule.js';
export { SilenceWatch } from './alerts/silence-watch.js';
export { BrokenDestinations } from './destinations/broken-destinations.js';
export { PgDestinations } from './destinations/pg-destinations.js';
export { DatabaseClock } from './database/clock.js';
export * from './database/data-source.js';
export { migrate } from './database/migrate.js';
export { createPools, type Pools, type PoolsSettings } from './database/pools.js';
export { StorageUnavailable, isOutOfTime } from './database/storage-errors.js';
export * from './entities/index.js';
export { Maintenance, type Reclaimed } from './maintenance/maintenance.js';
export { queueHealth, type QueueHealth } from './maintenance/queue-health.js';
export type { AuditFinding } from './maintenance/self-audit.js';
export { PollWork, type DuePoll, type Look, type PollFound } from './polls/poll-work.js';
export { NamedStarts } from './replays/replay-starts.js';
export { ReplayWork, type ReplayTurn } from './replays/replay-work.js';
export * from './repositories/index.js';
export { Retention, type RetentionTurn } from './retention/retention.js';
export { cutoffOf, midnightBefore, type RetainedKind } from './retention/rules.js';
export { DAY_MS, dayOfPartition } from './database/partitions.js';
export { AWAITED, UNANSWERED } from './runs/claimed-row.js';
export { PgRunStore, RunNotOwned, type RunStoreSettings } from './runs/pg-run-store.js';
export {
  EventGone,
  TakenOver,
  RunCommands,
  type CancelOutcome,
  type DraftOfRun,
  type NewRun,
  type RetryOutcome,
} from './runs/run-commands.js';
export { ScheduleWork, type NextFiring, type ScheduleTurn } from './schedules/schedule-work.js';
export { EncryptionKeyError, SecretBox, type SealedFor } from './secrets/secret-box.js';
export { ResumeTokens, type ResumeTarget } from './secrets/resume-tokens.js';
export { hashToken } from './secrets/token-hash.js';
export * from './sources/index.js';
