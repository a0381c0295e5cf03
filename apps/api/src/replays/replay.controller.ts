import type { Principal } from '@hookloom/server-kit';
import { Controller, Post } from '@nestjs/common';
import { CurrentPrincipal } from '../access/access.hook.js';
import { IdParam, JsonBody, Operation } from '../http/operation.js';
import { ReplayService } from './replay.service.js';
import { ReplayBegun, ReplayRequest } from './replay-query.js';

@Controller('events')
export class ReplayController {
  constructor(private readonly replays: ReplayService) {}

  @Post(':id/replay')
  @Operation({
    access: 'execute',
    status: 202,
    summary: 'Start new runs from an event, whatever had come of it',
    answer: ReplayBegun,
    refusals: { 409: 'Nothing is live that it could be replayed at.' },
  })
  replay(
    @CurrentPrincipal() principal: Principal,
    @IdParam('event') id: string,
    @JsonBody(ReplayRequest) request: ReplayRequest,
  ): Promise<ReplayBegun> {
    return this.replays.replay(principal, id, request);
  }
}
