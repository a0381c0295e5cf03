import { Module } from '@nestjs/common';
import { EndpointAidsController } from './endpoint-aids.controller.js';
import { EndpointHealthController } from './endpoint-health.controller.js';
import { EndpointHealthService } from './endpoint-health.service.js';
import { EndpointPollsController } from './endpoint-polls.controller.js';
import { EndpointPollsService } from './endpoint-polls.service.js';
import { EndpointProposalService } from './endpoint-proposal.service.js';
import { EndpointSnippetsService } from './endpoint-snippets.service.js';
import { EndpointTestService } from './endpoint-test.service.js';
import { EndpointVault } from './endpoint-vault.js';
import { EndpointsController } from './endpoints.controller.js';
import { EndpointsService } from './endpoints.service.js';

@Module({
  controllers: [
    EndpointAidsController,
    EndpointHealthController,
    EndpointPollsController,
    EndpointsController,
  ],
  providers: [
    EndpointVault,
    EndpointHealthService,
    EndpointPollsService,
    EndpointsService,
    EndpointTestService,
    EndpointSnippetsService,
    EndpointProposalService,
  ],
  exports: [EndpointsService],
})
export class EndpointsModule {}
