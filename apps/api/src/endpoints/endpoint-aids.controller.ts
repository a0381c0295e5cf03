import type { Principal } from '@hookloom/server-kit';
import { Controller, Get, Post } from '@nestjs/common';
import { CurrentPrincipal } from '../access/access.hook.js';
import { IdParam, JsonBody, Operation } from '../http/operation.js';
import { EndpointProposal, EndpointProposalService } from './endpoint-proposal.service.js';
import { EndpointSnippets, EndpointSnippetsService } from './endpoint-snippets.service.js';
import { EndpointTestBegun, EndpointTestService } from './endpoint-test.service.js';
import { EndpointTestRequest } from './test-delivery.js';

/** What helps to connect a sender to a trigger URL. */
@Controller('endpoints')
export class EndpointAidsController {
  constructor(
    private readonly tests: EndpointTestService,
    private readonly snippets: EndpointSnippetsService,
    private readonly proposals: EndpointProposalService,
  ) {}

  @Post(':id/test')
  @Operation({
    access: 'execute',
    status: 202,
    summary: 'Send a correctly signed event to a trigger URL',
    answer: EndpointTestBegun,
    refusals: { 409: 'It was turned away before it became an event.' },
  })
  send(
    @CurrentPrincipal() principal: Principal,
    @IdParam('endpoint') id: string,
    @JsonBody(EndpointTestRequest) request: EndpointTestRequest,
  ): Promise<EndpointTestBegun> {
    return this.tests.send(principal, id, request);
  }

  @Post(':id/snippets')
  @Operation({
    access: 'execute',
    summary: 'Programs that send such an event from elsewhere, signed with a secret of their environment',
    answer: EndpointSnippets,
  })
  write(
    @CurrentPrincipal() principal: Principal,
    @IdParam('endpoint') id: string,
    @JsonBody(EndpointTestRequest) request: EndpointTestRequest,
  ): Promise<EndpointSnippets> {
    return this.snippets.write(principal, id, request);
  }

  @Get(':id/proposal')
  @Operation({
    access: 'read',
    summary: 'Who seems to send to a trigger URL that names no sender',
    answer: EndpointProposal,
  })
  propose(
    @CurrentPrincipal() principal: Principal,
    @IdParam('endpoint') id: string,
  ): Promise<EndpointProposal> {
    return this.proposals.propose(principal, id);
  }
}
