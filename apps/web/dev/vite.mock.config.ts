import type { IncomingMessage, ServerResponse } from 'node:http';
import { fileURLToPath } from 'node:url';
import { mergeConfig, runnerImport, type Connect, type PluginOption } from 'vite';
import base from '../vite.config.js';

/** The policy of the real server, so that a violation shows while developing (built files only: Vite's own dev page needs inline styles). */
const POLICY =
  "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

const loaded = runnerImport<typeof import('./stand-in.js')>(
  fileURLToPath(new URL('./stand-in.ts', import.meta.url)),
);

function answerApi(request: IncomingMessage, response: ServerResponse, next: Connect.NextFunction): void {
  if (request.url?.startsWith('/api/') !== true) return next();
  loaded.then(({ module }) => module.handle(request, response)).catch(next);
}

const standIn: PluginOption = {
  name: 'stand-in',
  configureServer: (server) => void server.middlewares.use(answerApi),
  configurePreviewServer: (server) => {
    server.middlewares.use((_request, response, next) => {
      response.setHeader('content-security-policy', POLICY);
      next();
    });
    server.middlewares.use(answerApi);
  },
};

export default mergeConfig(base, {
  root: fileURLToPath(new URL('..', import.meta.url)),
  plugins: [standIn],
  server: { proxy: {} },
  preview: { proxy: {} },
});
