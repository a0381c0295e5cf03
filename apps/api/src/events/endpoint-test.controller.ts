import type { Principal } from '@hookloom/server-kit';
import { Controller, Post } from '@nestjs/common';
import { CurrentPrincipal } from '../access/access.hook.js';
import { IdParam, JsonBody, Operation } from '../http/operation.js';
import { EndpointTestBegun, EndpointTestRequest, EndpointTestService } from './endpoint-test.service.js';

@Controller('endpoints')
export class EndpointTestController {
  constructor(private readonly tests: EndpointTestService) {}

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
}
