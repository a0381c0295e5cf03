import { PollRequest, PollView } from '@hookloom/contracts';
import type { Principal } from '@hookloom/server-kit';
import { Controller, Get, Post } from '@nestjs/common';
import { CurrentPrincipal } from '../access/access.hook.js';
import { IdParam, JsonBody, Operation } from '../http/operation.js';
import { EndpointPollsService } from './endpoint-polls.service.js';

/** What the endpoint of a poll says about its looks. */
@Controller('endpoints')
export class EndpointPollsController {
  constructor(private readonly polls: EndpointPollsService) {}

  @Get(':id/poll')
  @Operation({ access: 'read', summary: 'How the poll of an endpoint does', answer: PollView })
  get(@CurrentPrincipal() principal: Principal, @IdParam('endpoint') id: string): Promise<PollView> {
    return this.polls.get(principal, id);
  }

  @Post(':id/poll')
  @Operation({
    access: 'execute',
    status: 202,
    summary: 'Look at once, from where the last look ended or from the start',
    answer: PollView,
    refusals: { 409: 'Nothing of it is live, or it is paused.' },
  })
  look(
    @CurrentPrincipal() principal: Principal,
    @IdParam('endpoint') id: string,
    @JsonBody(PollRequest) request: PollRequest,
  ): Promise<PollView> {
    return this.polls.look(principal, id, request);
  }
}
