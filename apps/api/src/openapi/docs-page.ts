import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { FastifyInstance } from 'fastify';

const FILES = [
  { url: '/api/docs', file: 'index.html', type: 'text/html; charset=utf-8' },
  { url: '/api/docs/docs.js', file: 'docs.js', type: 'text/javascript; charset=utf-8' },
  { url: '/api/docs/docs.css', file: 'docs.css', type: 'text/css; charset=utf-8' },
] as const;

/** A page for people, drawn from `/api/v1/openapi.json`. Its parts come from this server only. */
export async function serveDocsPage(server: FastifyInstance): Promise<void> {
  for (const { url, file, type } of FILES) {
    const content = await readFile(fileURLToPath(new URL(`../../assets/docs/${file}`, import.meta.url)));
    server.get(
      url,
      { config: { operation: { access: 'public', summary: 'The API for people', hidden: true } } },
      (_request, reply) =>
        reply.header('content-type', type).header('cache-control', 'no-cache').send(content),
    );
  }
}
