import 'reflect-metadata';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger, loadConfig } from '@hookloom/server-kit';
import { startTestDatabase } from '@hookloom/testing';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { z } from 'zod';
import { openParts, type AppParts } from '../src/app-parts.js';
import { createApp } from '../src/bootstrap.js';

export const OWNER = { email: 'owner@example.com', password: 'lantern-orchid-42' };
export const API_KEY = 'hl_0123456789abcdefghijklmnopqrstuv';

export interface Answer {
  readonly status: number;
  readonly headers: Record<string, string | string[] | number | undefined>;
  /** Parsed JSON; loose on purpose, since tests look at single fields. */
  readonly body: any;
}

export interface CallOptions {
  readonly body?: unknown;
  /** Sent as it is, instead of `body`. */
  readonly rawBody?: string;
  readonly headers?: Record<string, string>;
  /** `null`: nobody. The owner's key when left out. */
  readonly key?: string | null;
}

/** The whole api on a database of its own, called without a socket. Every success is checked against its declared schema. */
export class ApiUnderTest {
  private constructor(
    readonly app: NestFastifyApplication,
    readonly parts: AppParts,
    private readonly dispose: () => Promise<void>,
  ) {}

  static async start(env: Record<string, string> = UNATTENDED): Promise<ApiUnderTest> {
    const database = await startTestDatabase();
    const dataDir = await mkdtemp(join(tmpdir(), 'hookloom-api-'));
    const config = loadConfig({ HOOKLOOM_DATA_DIR: dataDir, HOOKLOOM_PORT: '3210', ...env });
    const logger = createLogger({ level: 'silent', role: 'api' });
    const parts = await openParts(config, database.url, logger);
    const app = await createApp(parts);
    return new ApiUnderTest(app, parts, async () => {
      await app.close();
      await parts.close();
      await database.close();
      await rm(dataDir, { recursive: true, force: true });
    });
  }

  close(): Promise<void> {
    return this.dispose();
  }

  /** Calls `METHOD /path`; paths without a leading slash are under `/api/v1`. */
  async call(what: string, options: CallOptions = {}): Promise<Answer> {
    const [method = 'GET', path = '/'] = what.split(' ');
    const url = path.startsWith('/') ? path : `/api/v1/${path}`;
    const key = options.key === undefined ? API_KEY : options.key;
    const payload =
      options.rawBody ?? (options.body === undefined ? undefined : JSON.stringify(options.body));
    const reply = await this.app.inject({
      method: method as 'GET',
      url,
      ...(payload === undefined ? {} : { payload }),
      headers: {
        ...(payload === undefined ? {} : { 'content-type': 'application/json' }),
        ...(key === null ? {} : { authorization: `Bearer ${key}` }),
        ...options.headers,
      },
    });
    const isJson = String(reply.headers['content-type']).includes('json');
    const body = isJson ? reply.json() : reply.body;
    if (reply.statusCode < 300) this.checkShape(method, url, reply.statusCode, body);
    return { status: reply.statusCode, headers: reply.headers, body };
  }

  private checkShape(method: string, url: string, status: number, body: unknown): void {
    const path = url.split('?')[0] ?? '';
    const route = this.parts.routes.routes.find(
      (known) => known.method === method && matches(known.url, path) && known.operation?.hidden !== true,
    );
    const operation = route?.operation;
    if (!operation) return;
    if (status !== (operation.status ?? 200)) throw new Error(`${method} ${path} answered ${status}`);
    if (!operation.answer) return;
    const schema = operation.paged
      ? z.object({ items: z.array(operation.answer), nextCursor: z.string().nullable() })
      : operation.answer;
    schema.parse(body);
  }
}

function matches(pattern: string, path: string): boolean {
  return new RegExp(`^${pattern.replace(/:[^/]+/g, '[^/]+')}$`).test(path);
}

export const UNATTENDED = {
  HOOKLOOM_OWNER_EMAIL: OWNER.email,
  HOOKLOOM_OWNER_PASSWORD: OWNER.password,
  HOOKLOOM_API_KEY: API_KEY,
};
