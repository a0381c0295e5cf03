import { Module } from '@nestjs/common';
import { EndpointAidsController } from './endpoint-aids.controller.js';
import { EndpointProposalService } from './endpoint-proposal.service.js';
import { EndpointSnippetsService } from './endpoint-snippets.service.js';
import { EndpointTestService } from './endpoint-test.service.js';
import { EndpointVault } from './endpoint-vault.js';
import { EndpointsController } from './endpoints.controller.js';
import { EndpointsService } from './endpoints.service.js';

@Module({
  controllers: [EndpointAidsController, EndpointsController],
  providers: [
    EndpointVault,
    EndpointsService,
    EndpointTestService,
    EndpointSnippetsService,
    EndpointProposalService,
  ],
  exports: [EndpointsService],
})
export class EndpointsModule {}
