import { PasswordHasher } from '@hookloom/server-kit';
import { Global, Module, type DynamicModule } from '@nestjs/common';
import { AppParts } from './app-parts.js';
import { Principals } from './access/principals.service.js';
import { EndpointsModule } from './endpoints/endpoints.module.js';
import { HealthController } from './health/health.controller.js';
import { SessionModule } from './session/session.module.js';
import { WorkflowsModule } from './workflows/workflows.module.js';

/** The api process: every feature is a module of its own. */
@Global()
@Module({
  imports: [SessionModule, EndpointsModule, WorkflowsModule],
  controllers: [HealthController],
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
