import 'reflect-metadata';
import { parentProcess } from '@hookloom/dispatch';
import { EncryptionKeyError } from '@hookloom/persistence';
import { ConfigError, announceReady, countRelayedRuns, runRole, stopOnSignal } from '@hookloom/server-kit';
import type { Config, RoleStart } from '@hookloom/server-kit';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { openParts } from './app-parts.js';
import { createApp } from './bootstrap.js';
import { SetupService } from './session/setup.service.js';

async function start({ config, databaseUrl, logger }: RoleStart): Promise<void> {
  const parts = await openParts(config, databaseUrl, logger);
  const app = await createApp(parts);
  countRelayedRuns(parts.metrics, parentProcess());
  await listen(app, config);
  stopOnSignal(logger, async () => {
    parts.readiness.beginStop();
    await app.close();
    await parts.close();
  });
  const setupLink = await app.get(SetupService).renewLink();
  if (setupLink !== undefined) process.stdout.write(`Set up your server here: ${setupLink}\n`);
  announceReady(`Hookloom is ready at http://localhost:${config.port}`);
}

async function listen(app: NestFastifyApplication, config: Config): Promise<void> {
  try {
    await app.listen(config.port, config.host);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error;
    throw new ConfigError([
      `HOOKLOOM_PORT ${config.port} is taken by another program. Stop it, or choose another port.`,
    ]);
  }
}

runRole('api', start, (error) => error instanceof EncryptionKeyError);
