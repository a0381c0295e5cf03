import { Module } from '@nestjs/common';
import { EventsModule } from '../events/events.module.js';
import { ReplayController } from './replay.controller.js';
import { ReplayService } from './replay.service.js';
import { RetryService } from './retry.service.js';
import { RunActions } from './run-actions.service.js';
import { RunSteps } from './run-steps.service.js';
import { RunsController } from './runs.controller.js';
import { RunsService } from './runs.service.js';
import { StartableWorkflows } from './startable-workflows.service.js';

@Module({
  imports: [EventsModule],
  controllers: [ReplayController, RunsController],
  providers: [ReplayService, RetryService, RunActions, RunSteps, RunsService, StartableWorkflows],
})
export class RunsModule {}
