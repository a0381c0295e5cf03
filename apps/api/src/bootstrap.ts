import { NestLogger, ProblemFilter } from '@hookloom/server-kit';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { guardAllRoutes } from './access/access.hook.js';
import { Principals } from './access/principals.service.js';
import type { AppParts } from './app-parts.js';
import { AppModule } from './app.module.js';
import { EventParts } from './event-parts.js';
import { registerForms } from './forms/forms.routes.js';
import { FormsService } from './forms/forms.service.js';
import { createServer } from './http/server.js';
import { registerIngress } from './ingress/ingress.route.js';
import { serveDocsPage } from './openapi/docs-page.js';
import { SetupService } from './session/setup.service.js';
import { registerWaits } from './waits/waits.routes.js';
import { WaitsService } from './waits/waits.service.js';
import { serveWebApp } from './web-app/web-app.js';

/** Addresses outside `/api/v1`. */
const OUTSIDE_API = ['health/live', 'health/ready', 'metrics'];

/** The api with all its routes, ready to listen or to be injected into. */
export async function createApp(parts: AppParts): Promise<NestFastifyApplication> {
  const adapter = createServer(parts.config.publicUrl);
  const server = adapter.getInstance();
  parts.routes.follow(server);
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.with(parts), adapter, {
    logger: new NestLogger(parts.logger),
    bodyParser: false,
    abortOnError: false,
  });
  app.setGlobalPrefix('api/v1', { exclude: OUTSIDE_API });
  app.useGlobalFilters(new ProblemFilter(parts.logger));
  const setup = app.get(SetupService);
  guardAllRoutes(server, {
    principals: app.get(Principals),
    isSetupOpen: () => setup.isOpen(),
    publicUrl: parts.config.publicUrl,
  });
  registerIngress(server, app.get(EventParts).ingress, parts.logger);
  registerForms(server, app.get(FormsService));
  registerWaits(server, app.get(WaitsService));
  await serveDocsPage(server);
  await serveWebApp(server);
  await app.init();
  await server.ready();
  return app;
}
