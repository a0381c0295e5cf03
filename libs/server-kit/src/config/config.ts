import { resolve } from 'node:path';
import { LoginEmail } from '@hookloom/contracts';
import { z } from 'zod';
import { AllowedHosts, DatabaseUrl, EncryptionKey, Port, PublicUrl, RedisUrl } from './config-fields.js';

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

const Environment = z.object({
  HOOKLOOM_PORT: Port.default(3210),
  HOOKLOOM_HOST: z.string().max(255).default('127.0.0.1'),
  HOOKLOOM_WORKER_PORT: Port.optional(),
  HOOKLOOM_DATA_DIR: z.string().default('.hookloom'),
  DATABASE_URL: DatabaseUrl.optional(),
  REDIS_URL: RedisUrl.optional(),
  HOOKLOOM_PUBLIC_URL: PublicUrl.optional(),
  HOOKLOOM_ENCRYPTION_KEY: EncryptionKey.optional(),
  HOOKLOOM_OWNER_EMAIL: z
    .string()
    .refine(
      (text) => LoginEmail.safeParse(text).success,
      'must be an e-mail address, for example owner@example.com',
    )
    .optional(),
  HOOKLOOM_OWNER_PASSWORD: z.string().min(10, 'must have 10 or more characters').max(256).optional(),
  HOOKLOOM_API_KEY: z
    .string()
    .regex(/^hl_[!-~]{29,253}$/, 'must begin with hl_ and have 32 or more characters, without spaces')
    .optional(),
  HOOKLOOM_ALLOWED_PRIVATE_HOSTS: AllowedHosts.default([]),
  HOOKLOOM_LOG_LEVEL: z.enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(', ')}`).default('info'),
});

/** Everything that the environment decides. Ports as numbers, paths absolute, URLs without a slash at the end. */
export interface Config {
  readonly port: number;
  readonly host: string;
  /** Where a worker that was started alone serves health and metrics. */
  readonly workerPort: number | undefined;
  readonly dataDir: string;
  /** `undefined`: the launcher starts the embedded database. */
  readonly databaseUrl: string | undefined;
  /** `undefined`: Postgres alone dispatches. */
  readonly redisUrl: string | undefined;
  readonly publicUrl: string;
  /** 32 bytes; `undefined`: made once into the data dir (`loadEncryptionKey`). */
  readonly encryptionKey: Buffer | undefined;
  readonly owner: { readonly email: string; readonly password: string } | undefined;
  /** A first API key of the owner; never set without `owner`. */
  readonly apiKey: string | undefined;
  readonly allowedPrivateHosts: readonly string[];
  readonly logLevel: LogLevel;
}

/** The environment holds a value that cannot be used; the message names each variable and what it must be. */
export class ConfigError extends Error {
  readonly code = 'config';
  constructor(readonly problems: readonly string[]) {
    super(`Hookloom cannot start with these settings:\n${problems.map((text) => `  ${text}`).join('\n')}`);
    this.name = 'ConfigError';
  }
}

/** Read once, then taken out of the environment: children and crash dumps must not find them. */
const SECRET_VARIABLES = [
  'HOOKLOOM_ENCRYPTION_KEY',
  'HOOKLOOM_OWNER_PASSWORD',
  'HOOKLOOM_API_KEY',
  'DATABASE_URL',
  'REDIS_URL',
];

/**
 * Reads and checks all settings, and removes the secret ones from `env`.
 *
 * @throws ConfigError with one sentence for each variable that cannot be used
 */
export function loadConfig(env: NodeJS.ProcessEnv): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  for (const name of SECRET_VARIABLES) delete env[name];
  const parsed = Environment.safeParse(given);
  if (!parsed.success) {
    throw new ConfigError(parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`));
  }
  const values = parsed.data;
  return {
    port: values.HOOKLOOM_PORT,
    host: values.HOOKLOOM_HOST,
    workerPort: values.HOOKLOOM_WORKER_PORT,
    dataDir: resolve(values.HOOKLOOM_DATA_DIR),
    databaseUrl: values.DATABASE_URL,
    redisUrl: values.REDIS_URL,
    publicUrl: values.HOOKLOOM_PUBLIC_URL ?? `http://localhost:${values.HOOKLOOM_PORT}`,
    encryptionKey: values.HOOKLOOM_ENCRYPTION_KEY,
    ...unattended(values),
    allowedPrivateHosts: values.HOOKLOOM_ALLOWED_PRIVATE_HOSTS,
    logLevel: values.HOOKLOOM_LOG_LEVEL,
  };
}

function unattended(values: z.infer<typeof Environment>): Pick<Config, 'owner' | 'apiKey'> {
  const email = values.HOOKLOOM_OWNER_EMAIL;
  const password = values.HOOKLOOM_OWNER_PASSWORD;
  const apiKey = values.HOOKLOOM_API_KEY;
  if (email !== undefined && password !== undefined) return { owner: { email, password }, apiKey };
  if (email !== undefined) throw new ConfigError(['HOOKLOOM_OWNER_EMAIL needs HOOKLOOM_OWNER_PASSWORD too']);
  if (password !== undefined)
    throw new ConfigError(['HOOKLOOM_OWNER_PASSWORD needs HOOKLOOM_OWNER_EMAIL too']);
  if (apiKey !== undefined) {
    throw new ConfigError(['HOOKLOOM_API_KEY needs HOOKLOOM_OWNER_EMAIL and HOOKLOOM_OWNER_PASSWORD too']);
  }
  return { owner: undefined, apiKey: undefined };
}

/** What of the settings must never be read in a log. */
export function configSecrets(config: Config): string[] {
  const passwords = [config.databaseUrl, config.redisUrl].map((url) =>
    url === undefined ? undefined : decodeURIComponent(new URL(url).password),
  );
  const key = config.encryptionKey?.toString('base64');
  const texts = [...passwords, key, config.owner?.password, config.apiKey];
  return texts.flatMap((text) => (text ? [text] : []));
}
