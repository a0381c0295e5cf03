import { Schema1760000000000 } from './1760000000000-schema.js';
import { Looks1760000100000 } from './1760000100000-looks.js';
import { WorkflowSetup1760000300000 } from './1760000300000-workflow-setup.js';
import { Replays1760000500000 } from './1760000500000-replays.js';
import { Schedules1760000600000 } from './1760000600000-schedules.js';
import { Flow1760000700000 } from './1760000700000-flow.js';
import { DraftAuthor1760000800000 } from './1760000800000-draft-author.js';
import { Samples1760000900000 } from './1760000900000-samples.js';
import { Deliveries1760001000000 } from './1760001000000-deliveries.js';
import { Turns1760001100000 } from './1760001100000-turns.js';
import { Destinations1760001110000 } from './1760001110000-destinations.js';
import { RunBatches1760001200000 } from './1760001200000-run-batches.js';
import { Polls1760001300000 } from './1760001300000-polls.js';
import { Alerts1760001400000 } from './1760001400000-alerts.js';
import { Retention1760001500000 } from './1760001500000-retention.js';
import { Redaction1760001510000 } from './1760001510000-redaction.js';
import { DueTimes1760001600000 } from './1760001600000-due-times.js';
import { RunProgress1760001730000 } from './1760001730000-run-progress.js';
import { DestinationSenders1760001800000 } from './1760001800000-destination-senders.js';

/** All migrations, oldest first. They only expand: binaries of two neighbouring releases work side by side. */
export const MIGRATIONS = [
  Schema1760000000000,
  Looks1760000100000,
  WorkflowSetup1760000300000,
  Replays1760000500000,
  Schedules1760000600000,
  Flow1760000700000,
  DraftAuthor1760000800000,
  Samples1760000900000,
  Deliveries1760001000000,
  Turns1760001100000,
  Destinations1760001110000,
  RunBatches1760001200000,
  Polls1760001300000,
  Alerts1760001400000,
  Retention1760001500000,
  Redaction1760001510000,
  DueTimes1760001600000,
  RunProgress1760001730000,
  DestinationSenders1760001800000,
];
