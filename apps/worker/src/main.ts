import 'reflect-metadata';
import { EncryptionKeyError } from '@hookloom/persistence';
import { ConfigError, createLogger, loadConfig, NestLogger, stopOnSignal } from '@hookloom/server-kit';
import { NestFactory } from '@nestjs/core';
import { serveHealth } from './health-server.js';
import { openParts } from './worker-parts.js';
import { WorkerModule } from './worker.module.js';
import { WorkerService } from './worker.service.js';

async function start(): Promise<void> {
  const config = loadConfig(process.env);
  const { databaseUrl } = config;
  if (databaseUrl === undefined) {
    throw new ConfigError([
      'DATABASE_URL is needed by a role that is started alone; npm start brings a database.',
    ]);
  }
  const logger = createLogger({ level: config.logLevel, role: 'worker', secrets: config.secretTexts });
  const parts = await openParts(config, databaseUrl, logger);
  const app = await NestFactory.createApplicationContext(WorkerModule.with(parts), {
    logger: new NestLogger(logger),
    abortOnError: false,
  });
  const worker = app.get(WorkerService);
  await worker.start();
  const health = await serveHealth(config.workerPort, config.host, parts);
  stopOnSignal(logger, async () => {
    health.beginStop();
    await worker.stop();
    await health.close();
    await app.close();
    await parts.close();
  });
  announce();
}

/** Under a parent process the parent says that all is up; alone we do, in a line that scripts wait for. */
function announce(): void {
  if (process.send) process.send({ ready: true });
  else process.stdout.write('Hookloom worker is ready\n');
}

start().catch((error: unknown) => {
  const isExpected = error instanceof ConfigError || error instanceof EncryptionKeyError;
  process.stderr.write(
    `${isExpected ? error.message : error instanceof Error ? error.stack : String(error)}\n`,
  );
  process.exit(1);
});
