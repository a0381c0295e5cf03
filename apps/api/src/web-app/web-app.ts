import { readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import { notFound } from '@hookloom/server-kit';
import type { FastifyInstance } from 'fastify';

const BUILT = fileURLToPath(new URL('../../../web/dist', import.meta.url));
/** Files under it have their content's hash in their name. */
const HASHED = 'assets/';
const YEAR_MS = 365 * 24 * 60 * 60 * 1000;
/** Common names of health checks elsewhere: a probe with a mistyped address must not be green for ever. */
const PROBES = ['healthz', 'livez', 'readyz'];
/** First parts of addresses that never belong to the web app. */
const NOT_PAGES = new Set(['api', 'hooks', 'health', 'metrics', ...PROBES]);

/** Serves the built web app: its files, and its page for every address that is a page of it. */
export async function serveWebApp(server: FastifyInstance, root = BUILT): Promise<void> {
  const files = await listFiles(root);
  if (files.size > 0) await server.register(fastifyStatic, { root, serve: false, preCompressed: true });
  server.route<{ Params: { '*': string } }>({
    method: 'GET',
    url: '/*',
    config: { operation: { access: 'public', summary: 'The web app', hidden: true } },
    handler: (request, reply) => {
      const path = request.params['*'];
      if (files.has(path) && path !== 'index.html') {
        const isHashed = path.startsWith(HASHED);
        return reply.sendFile(path, { maxAge: isHashed ? YEAR_MS : 0, immutable: isHashed });
      }
      if (path !== 'index.html' && !isPage(path)) return reply.callNotFound();
      if (files.size === 0) throw notFound('page: the web app is not built here (npm run build)');
      return reply.header('cache-control', 'no-cache').sendFile('index.html', { cacheControl: false });
    },
  });
}

/** A file that is not there must not be answered with a page: a missing script would fail with a riddle. */
function isPage(path: string): boolean {
  const [first = ''] = path.split('/');
  return !NOT_PAGES.has(first) && !/\.[a-z0-9]{2,5}$/i.test(path);
}

async function listFiles(root: string): Promise<ReadonlySet<string>> {
  try {
    const entries = await readdir(root, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile());
    return new Set(
      files.map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/')),
    );
  } catch {
    return new Set();
  }
}
