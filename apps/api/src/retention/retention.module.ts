import { Module } from '@nestjs/common';
import { KeepingService } from './keeping.service.js';
import { RetentionController } from './retention.controller.js';
import { RetentionService } from './retention.service.js';
import { StorageService } from './storage.service.js';

@Module({
  controllers: [RetentionController],
  providers: [KeepingService, RetentionService, StorageService],
})
export class RetentionModule {}
