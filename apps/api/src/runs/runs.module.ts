import { Module } from '@nestjs/common';
import { EventsModule } from '../events/events.module.js';
import { RetryService } from './retry.service.js';
import { RunActions } from './run-actions.service.js';
import { RunSearch } from './run-search.js';
import { RunSteps } from './run-steps.service.js';
import { RunsController } from './runs.controller.js';
import { RunsService } from './runs.service.js';
import { StartableWorkflows } from './startable-workflows.service.js';

@Module({
  imports: [EventsModule],
  controllers: [RunsController],
  providers: [RetryService, RunActions, RunSearch, RunSteps, RunsService, StartableWorkflows],
  exports: [RetryService, RunActions, RunSearch, StartableWorkflows],
})
export class RunsModule {}
