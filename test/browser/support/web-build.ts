import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BrowserContext } from 'playwright-core';
import { build, type Plugin } from 'vite';

const WEB = fileURLToPath(new URL('../../../apps/web/', import.meta.url));
const TYPES: Record<string, string> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
};

/** A build of the web app for one test, that stands in for the product's own. */
export interface WebBuild {
  /** From now on this build is what pages of the context load; the API stays the product's. */
  serve(context: BrowserContext): Promise<void>;
  remove(): Promise<void>;
}

export async function buildWeb(plugins: Plugin[]): Promise<WebBuild> {
  const folder = await mkdtemp(join(tmpdir(), 'hookloom-web-'));
  await build({
    root: WEB,
    configFile: join(WEB, 'vite.config.ts'),
    logLevel: 'error',
    plugins,
    build: { outDir: folder, emptyOutDir: true, minify: false },
  });
  return {
    serve: async (context) => {
      const page = await readFile(join(folder, 'index.html'), 'utf8');
      await context.route('**/*', async (route) => {
        const { pathname } = new URL(route.request().url());
        if (route.request().resourceType() === 'document')
          return route.fulfill({ body: page, contentType: 'text/html' });
        const contentType = TYPES[extname(pathname)];
        if (!pathname.startsWith('/assets/') || contentType === undefined) return route.continue();
        return route.fulfill({ body: await readFile(join(folder, pathname)), contentType });
      });
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
