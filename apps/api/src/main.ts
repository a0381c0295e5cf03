import 'reflect-metadata';
import { EncryptionKeyError } from '@hookloom/persistence';
import { ConfigError, createLogger, loadConfig, stopOnSignal, type Config } from '@hookloom/server-kit';
import { openParts } from './app-parts.js';
import { createApp } from './bootstrap.js';
import { SetupService } from './session/setup.service.js';

async function start(): Promise<void> {
  const config = loadConfig(process.env);
  const { databaseUrl } = config;
  if (databaseUrl === undefined) {
    throw new ConfigError([
      'DATABASE_URL is needed by a role that is started alone; npm start brings a database.',
    ]);
  }
  const logger = createLogger({ level: config.logLevel, role: 'api', secrets: secretsOf(config) });
  const parts = await openParts(config, databaseUrl, logger);
  const app = await createApp(parts);
  await app.listen(config.port, config.host);
  stopOnSignal(logger, async () => {
    parts.readiness.beginStop();
    await app.close();
    await parts.close();
  });
  await announce(config, await app.get(SetupService).renewLink());
}

/** Under a parent process the parent says that all is up; alone we do. The lines stand as they are among JSON lines. */
async function announce(config: Config, setupLink: string | undefined): Promise<void> {
  if (setupLink !== undefined) process.stdout.write(`Set up your server here: ${setupLink}\n`);
  if (process.send) process.send({ ready: true });
  else process.stdout.write(`Hookloom is ready at ${config.publicUrl}\n`);
}

function secretsOf(config: Config): string[] {
  const urls = [config.databaseUrl, config.redisUrl].flatMap((url) =>
    url ? [decodeURIComponent(new URL(url).password)] : [],
  );
  const key = config.encryptionKey?.toString('base64');
  return [...urls, key, config.owner?.password, config.apiKey].filter((text) => text !== undefined);
}

start().catch((error: unknown) => {
  const isExpected = error instanceof ConfigError || error instanceof EncryptionKeyError;
  process.stderr.write(
    `${isExpected ? error.message : error instanceof Error ? error.stack : String(error)}\n`,
  );
  process.exit(1);
});
