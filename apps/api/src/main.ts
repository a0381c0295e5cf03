import 'reflect-metadata';
import { EncryptionKeyError } from '@hookloom/persistence';
import { announceReady, runRole, stopOnSignal, type RoleStart } from '@hookloom/server-kit';
import { openParts } from './app-parts.js';
import { createApp } from './bootstrap.js';
import { SetupService } from './session/setup.service.js';

async function start({ config, databaseUrl, logger }: RoleStart): Promise<void> {
  const parts = await openParts(config, databaseUrl, logger);
  const app = await createApp(parts);
  await app.listen(config.port, config.host);
  stopOnSignal(logger, async () => {
    parts.readiness.beginStop();
    await app.close();
    await parts.close();
  });
  const setupLink = await app.get(SetupService).renewLink();
  if (setupLink !== undefined) process.stdout.write(`Set up your server here: ${setupLink}\n`);
  announceReady(`Hookloom is ready at ${config.publicUrl}`);
}

runRole('api', start, (error) => error instanceof EncryptionKeyError);
