import { Module, type DynamicModule } from '@nestjs/common';
import type { WorkerParts } from './worker-parts.js';
import { WorkerService } from './worker.service.js';

/** The worker process: no routes, one service that takes runs. */
@Module({})
export class WorkerModule {
  static with(parts: WorkerParts): DynamicModule {
    const worker = { provide: WorkerService, useFactory: () => new WorkerService(parts) };
    return { module: WorkerModule, providers: [worker], exports: [worker] };
  }
}
