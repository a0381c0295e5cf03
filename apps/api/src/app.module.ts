import { PasswordHasher } from '@hookloom/server-kit';
import { Global, Module, type DynamicModule } from '@nestjs/common';
import { AppParts } from './app-parts.js';
import { Principals } from './access/principals.service.js';
import { AlertsModule } from './alerts/alerts.module.js';
import { ApiKeysModule } from './api-keys/api-keys.module.js';
import { CatalogController } from './catalog/catalog.controller.js';
import { ServerController } from './catalog/server.controller.js';
import { ConnectionsModule } from './connections/connections.module.js';
import { EndpointsModule } from './endpoints/endpoints.module.js';
import { EventPartsModule } from './event-parts.js';
import { EventsModule } from './events/events.module.js';
import { FormsModule } from './forms/forms.module.js';
import { HealthController } from './health/health.controller.js';
import { LiveModule } from './live/live.module.js';
import { OpenApiController } from './openapi/openapi.controller.js';
import { RedactionModule } from './redaction/redaction.module.js';
import { ReplaysModule } from './replays/replays.module.js';
import { RetentionModule } from './retention/retention.module.js';
import { RunBatchesModule } from './run-batches/run-batches.module.js';
import { RunsModule } from './runs/runs.module.js';
import { SessionModule } from './session/session.module.js';
import { TemplatesModule } from './templates/templates.module.js';
import { VariablesModule } from './variables/variables.module.js';
import { WaitsModule } from './waits/waits.module.js';
import { WorkflowsModule } from './workflows/workflows.module.js';

/** The api process: every feature is a module of its own. */
@Global()
@Module({
  imports: [
    AlertsModule,
    ApiKeysModule,
    ConnectionsModule,
    EndpointsModule,
    EventPartsModule,
    EventsModule,
    FormsModule,
    LiveModule,
    RedactionModule,
    ReplaysModule,
    RetentionModule,
    RunBatchesModule,
    RunsModule,
    SessionModule,
    TemplatesModule,
    VariablesModule,
    WaitsModule,
    WorkflowsModule,
  ],
  controllers: [CatalogController, HealthController, OpenApiController, ServerController],
})
export class AppModule {
  static with(parts: AppParts): DynamicModule {
    const shared = [
      { provide: AppParts, useValue: parts },
      { provide: PasswordHasher, useValue: parts.passwords },
      Principals,
    ];
    return { module: AppModule, providers: shared, exports: shared };
  }
}
