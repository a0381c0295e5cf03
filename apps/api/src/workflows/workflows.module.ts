import { Module } from '@nestjs/common';
import { EndpointsModule } from '../endpoints/endpoints.module.js';
import { CopyingService } from './copying.service.js';
import { DefinitionChecker } from './definition-checker.service.js';
import { ExportingService } from './exporting.service.js';
import { ExpressionSyntax } from './expression-syntax.service.js';
import { OwnEndpoints } from './own-endpoints.service.js';
import { PublishingController } from './publishing.controller.js';
import { PublishingService } from './publishing.service.js';
import { SamplesController } from './samples.controller.js';
import { SamplesService } from './samples.service.js';
import { WorkflowActivityService } from './workflow-activity.service.js';
import { WorkflowsController } from './workflows.controller.js';
import { WorkflowsService } from './workflows.service.js';

@Module({
  imports: [EndpointsModule],
  controllers: [WorkflowsController, PublishingController, SamplesController],
  providers: [
    CopyingService,
    DefinitionChecker,
    ExportingService,
    ExpressionSyntax,
    OwnEndpoints,
    PublishingService,
    SamplesService,
    WorkflowActivityService,
    WorkflowsService,
  ],
  exports: [DefinitionChecker, WorkflowsService],
})
export class WorkflowsModule {}
