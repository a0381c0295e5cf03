import 'reflect-metadata';
import { parentProcess } from '@hookloom/dispatch';
import { EncryptionKeyError } from '@hookloom/persistence';
import {
  announceReady,
  NestLogger,
  runRole,
  stopOnSignal,
  tellRunsEnded,
  type RoleStart,
} from '@hookloom/server-kit';
import { NestFactory } from '@nestjs/core';
import { serveHealth } from './health-server.js';
import { keepHeapSmall } from './small-heap.js';
import { openParts } from './worker-parts.js';
import { WorkerModule } from './worker.module.js';
import { WorkerService } from './worker.service.js';

async function start({ config, databaseUrl, logger }: RoleStart): Promise<void> {
  keepHeapSmall();
  const parts = await openParts(config, databaseUrl, logger);
  const app = await NestFactory.createApplicationContext(WorkerModule.with(parts), {
    logger: new NestLogger(logger),
    abortOnError: false,
  });
  const worker = app.get(WorkerService);
  await worker.start();
  const stopTelling = tellRunsEnded(parts.metrics, parentProcess());
  const health = await serveHealth(config.workerPort, config.host, parts);
  stopOnSignal(logger, async () => {
    health.beginStop();
    await worker.stop();
    await stopTelling();
    await health.close();
    await app.close();
    await parts.close();
  });
  announceReady('Hookloom worker is ready');
}

runRole('worker', start, (error) => error instanceof EncryptionKeyError);
