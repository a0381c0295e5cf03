import { Module } from '@nestjs/common';
import { RunsModule } from '../runs/runs.module.js';
import { RunBatchTurns } from './run-batch-turns.js';
import { RunBatchesController } from './run-batches.controller.js';
import { RunBatches } from './run-batches.service.js';

@Module({
  imports: [RunsModule],
  controllers: [RunBatchesController],
  providers: [RunBatches, RunBatchTurns],
})
export class RunBatchesModule {}
