import { EndpointHealth, EndpointKeys, EndpointWorkflow, type Page } from '@hookloom/contracts';
import type { Principal } from '@hookloom/server-kit';
import { Controller, Get, Post } from '@nestjs/common';
import { CurrentPrincipal } from '../access/access.hook.js';
import { IdParam, JsonBody, Operation } from '../http/operation.js';
import { EndpointHealthService } from './endpoint-health.service.js';
import { EndOfOverlap } from './endpoint-rotation.js';

/** How a trigger URL does. */
@Controller('endpoints')
export class EndpointHealthController {
  constructor(private readonly endpoints: EndpointHealthService) {}

  @Get(':id/health')
  @Operation({
    access: 'read',
    summary: 'What came to a trigger URL in 24 hours, and whether it is silent',
    answer: EndpointHealth,
  })
  health(@CurrentPrincipal() principal: Principal, @IdParam('endpoint') id: string): Promise<EndpointHealth> {
    return this.endpoints.health(principal, id);
  }

  @Get(':id/workflows')
  @Operation({
    access: 'read',
    summary: 'The workflows that name a trigger URL, with their filters and runs',
    answer: EndpointWorkflow,
    paged: true,
  })
  workflows(
    @CurrentPrincipal() principal: Principal,
    @IdParam('endpoint') id: string,
  ): Promise<Page<EndpointWorkflow>> {
    return this.endpoints.workflows(principal, id);
  }

  @Get(':id/keys')
  @Operation({
    access: 'read',
    summary: 'Since when and until when its tokens and secrets are good',
    answer: EndpointKeys,
  })
  keys(@CurrentPrincipal() principal: Principal, @IdParam('endpoint') id: string): Promise<EndpointKeys> {
    return this.endpoints.keys(principal, id);
  }

  @Post(':id/rotate/end')
  @Operation({
    access: 'edit',
    summary: 'End the overlap of a rotation now',
    answer: EndpointKeys,
  })
  endOverlap(
    @CurrentPrincipal() principal: Principal,
    @IdParam('endpoint') id: string,
    @JsonBody(EndOfOverlap) end: EndOfOverlap,
  ): Promise<EndpointKeys> {
    return this.endpoints.endOverlap(principal, id, end);
  }
}
