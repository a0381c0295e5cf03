import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ConfigError, loadConfig } from './config.js';

const KEY = Buffer.alloc(32, 7).toString('base64');
const OWNER = { HOOKLOOM_OWNER_EMAIL: 'owner@example.com', HOOKLOOM_OWNER_PASSWORD: 'long-enough-password' };

function problemsOf(env: NodeJS.ProcessEnv): readonly string[] {
  try {
    loadConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

describe('loadConfig', () => {
  it('needs nothing', () => {
    expect(loadConfig({})).toEqual({
      port: 3210,
      host: '127.0.0.1',
      workerPort: undefined,
      dataDir: resolve('.hookloom'),
      databaseUrl: undefined,
      redisUrl: undefined,
      publicUrl: 'http://localhost:3210',
      encryptionKey: undefined,
      owner: undefined,
      apiKey: undefined,
      allowedPrivateHosts: [],
      logLevel: 'info',
    });
  });

  it('takes an empty variable as one that is not set', () => {
    expect(loadConfig({ HOOKLOOM_PORT: '', DATABASE_URL: '' })).toMatchObject({
      port: 3210,
      databaseUrl: undefined,
    });
  });

  it('lets the public URL follow the port, and cuts its last slash', () => {
    expect(loadConfig({ HOOKLOOM_PORT: '8080' }).publicUrl).toBe('http://localhost:8080');
    expect(loadConfig({ HOOKLOOM_PUBLIC_URL: 'https://hooks.example.com/base/' }).publicUrl).toBe(
      'https://hooks.example.com/base',
    );
  });

  it.each(['owner@localhost', 'x@y.z'])('takes %s for an owner, as browsers do', (email) => {
    expect(loadConfig({ ...OWNER, HOOKLOOM_OWNER_EMAIL: email }).owner).toMatchObject({ email });
  });

  it('takes what is secret out of the environment, and leaves the rest', () => {
    const env: NodeJS.ProcessEnv = {
      ...OWNER,
      HOOKLOOM_API_KEY: `hl_${'a'.repeat(40)}`,
      HOOKLOOM_ENCRYPTION_KEY: KEY,
      DATABASE_URL: 'postgres://u:p@h/d',
      REDIS_URL: 'redis://:p@h:6379',
      PATH: '/bin',
    };
    const config = loadConfig(env);
    expect(env).toEqual({ HOOKLOOM_OWNER_EMAIL: OWNER.HOOKLOOM_OWNER_EMAIL, PATH: '/bin' });
    expect(config.encryptionKey).toHaveLength(32);
    expect(config.owner).toEqual({ email: 'owner@example.com', password: 'long-enough-password' });
  });

  it('takes them out even when the start fails', () => {
    const env: NodeJS.ProcessEnv = { HOOKLOOM_PORT: 'x', DATABASE_URL: 'postgres://u:p@h/d' };
    expect(problemsOf(env)).toHaveLength(1);
    expect(env['DATABASE_URL']).toBeUndefined();
  });

  it('reads names, addresses and ranges that steps may call', () => {
    const { allowedPrivateHosts } = loadConfig({
      HOOKLOOM_ALLOWED_PRIVATE_HOSTS: 'db.internal, 10.0.0.0/8,::1 ,',
    });
    expect(allowedPrivateHosts).toEqual(['db.internal', '10.0.0.0/8', '::1']);
  });

  it.each([
    [{ HOOKLOOM_PORT: '70000' }, /^HOOKLOOM_PORT must be a port number/],
    [{ HOOKLOOM_PORT: '80a' }, /^HOOKLOOM_PORT must be/],
    [{ DATABASE_URL: 'mysql://h/d' }, /^DATABASE_URL must be a PostgreSQL address/],
    [{ REDIS_URL: 'localhost' }, /^REDIS_URL must be a Redis address/],
    [{ HOOKLOOM_PUBLIC_URL: 'example.com' }, /^HOOKLOOM_PUBLIC_URL must be an http/],
    [{ HOOKLOOM_PUBLIC_URL: 'https://a.example/?x=1' }, /without \? and #/],
    [{ HOOKLOOM_ENCRYPTION_KEY: 'c2hvcnQ=' }, /^HOOKLOOM_ENCRYPTION_KEY must be 32 bytes/],
    [{ ...OWNER, HOOKLOOM_API_KEY: 'hl_short' }, /^HOOKLOOM_API_KEY must begin with hl_/],
    [{ ...OWNER, HOOKLOOM_OWNER_EMAIL: 'nobody' }, /^HOOKLOOM_OWNER_EMAIL must be an e-mail/],
    [{ HOOKLOOM_OWNER_EMAIL: 'a@example.com' }, /needs HOOKLOOM_OWNER_PASSWORD too/],
    [{ HOOKLOOM_OWNER_PASSWORD: 'long-enough-password' }, /needs HOOKLOOM_OWNER_EMAIL too/],
    [
      { HOOKLOOM_API_KEY: `hl_${'a'.repeat(40)}` },
      /needs HOOKLOOM_OWNER_EMAIL and HOOKLOOM_OWNER_PASSWORD too/,
    ],
    [
      { HOOKLOOM_ALLOWED_PRIVATE_HOSTS: 'ok.example, 10.0.0.0/64' },
      /no name, address or CIDR: 10\.0\.0\.0\/64/,
    ],
    [{ HOOKLOOM_ALLOWED_PRIVATE_HOSTS: 'http://x' }, /no name, address or CIDR/],
    [{ HOOKLOOM_LOG_LEVEL: 'loud' }, /^HOOKLOOM_LOG_LEVEL must be one of/],
  ])('says what a bad value must be: %o', (env, sentence) => {
    expect(problemsOf({ ...env })).toEqual([expect.stringMatching(sentence)]);
  });

  it('never repeats a secret that it refuses', () => {
    const env = {
      HOOKLOOM_ENCRYPTION_KEY: 'nearly-right',
      HOOKLOOM_OWNER_PASSWORD: 'tiny',
      DATABASE_URL: 'pg://:hush@h',
    };
    expect(problemsOf(env).join(' ')).not.toMatch(/nearly|tiny|hush/);
  });
});
