import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fastify, { type FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serveWebApp } from './web-app.js';

let folder: string;
let server: FastifyInstance;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hookloom-web-'));
  const root = join(folder, 'dist');
  await mkdir(join(root, 'assets'), { recursive: true });
  await writeFile(join(root, 'index.html'), '<!doctype html>the page');
  await writeFile(join(root, 'favicon.svg'), '<svg/>');
  await writeFile(join(root, 'assets/index-abc123.js'), 'the script');
  await writeFile(join(folder, 'secret.txt'), 'the secret');
  server = fastify();
  await serveWebApp(server, root);
  await server.ready();
});
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

describe('the web app', () => {
  it.each([
    '/',
    '/index.html',
    '/workflows',
    '/runs/01900000-0000-7000-8000-000000000000',
    '/setup?token=abc',
  ])('is the page at %s, fresh each time', async (url) => {
    const reply = await server.inject(url);
    expect(reply.statusCode).toBe(200);
    expect(reply.body).toContain('the page');
    expect(reply.headers['cache-control']).toBe('no-cache');
  });

  it('lets browsers keep what has its hash in its name for ever', async () => {
    const reply = await server.inject('/assets/index-abc123.js');
    expect(reply.body).toBe('the script');
    expect(reply.headers['content-type']).toContain('javascript');
    expect(reply.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect((await server.inject('/favicon.svg')).headers['cache-control']).toBe('public, max-age=0');
  });

  it.each([
    '/assets/gone-def456.js',
    '/api/v1/nowhere',
    '/api',
    '/hooks/abc',
    '/health/other',
    '/healthz',
    '/readyz',
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
  ])('is not there at %s', async (url) => {
    const reply = await server.inject(url);
    expect(reply.statusCode).toBe(404);
    expect(reply.body).not.toContain('the secret');
  });
});
