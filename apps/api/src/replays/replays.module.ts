import { Module } from '@nestjs/common';
import { RunsModule } from '../runs/runs.module.js';
import { BulkReplays } from './bulk-replays.service.js';
import { ReplayController } from './replay.controller.js';
import { ReplayService } from './replay.service.js';
import { ReplaysController } from './replays.controller.js';

@Module({
  imports: [RunsModule],
  controllers: [ReplayController, ReplaysController],
  providers: [BulkReplays, ReplayService],
})
export class ReplaysModule {}
