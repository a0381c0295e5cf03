import { EndpointInput, EndpointView, PageQuery } from '@hookloom/contracts';
import type { Page } from '@hookloom/contracts';
import type { Principal } from '@hookloom/server-kit';
import { Controller, Delete, Get, Post, Put } from '@nestjs/common';
import { CurrentPrincipal } from '../access/access.hook.js';
import { IdParam, JsonBody, Operation, QueryParams } from '../http/operation.js';
import { EndpointRotation } from './endpoint-rotation.js';
import { EndpointsService } from './endpoints.service.js';

@Controller('endpoints')
export class EndpointsController {
  constructor(private readonly endpoints: EndpointsService) {}

  @Post()
  @Operation({
    access: 'edit',
    status: 201,
    summary: 'Make a trigger URL',
    answer: EndpointView,
    refusals: { 409: 'The key is taken.' },
  })
  create(
    @CurrentPrincipal() principal: Principal,
    @JsonBody(EndpointInput) input: EndpointInput,
  ): Promise<EndpointView> {
    return this.endpoints.create(principal, input);
  }

  @Get()
  @Operation({ access: 'read', summary: 'All trigger URLs', answer: EndpointView, paged: true })
  list(
    @CurrentPrincipal() principal: Principal,
    @QueryParams(PageQuery) query: PageQuery,
  ): Promise<Page<EndpointView>> {
    return this.endpoints.list(principal, query);
  }

  @Get(':id')
  @Operation({ access: 'read', summary: 'One trigger URL', answer: EndpointView })
  get(@CurrentPrincipal() principal: Principal, @IdParam('endpoint') id: string): Promise<EndpointView> {
    return this.endpoints.get(principal, id);
  }

  @Put(':id')
  @Operation({ access: 'edit', summary: 'Change the settings of a trigger URL', answer: EndpointView })
  update(
    @CurrentPrincipal() principal: Principal,
    @IdParam('endpoint') id: string,
    @JsonBody(EndpointInput) input: EndpointInput,
  ): Promise<EndpointView> {
    return this.endpoints.update(principal, id, input);
  }

  @Post(':id/rotate')
  @Operation({ access: 'edit', summary: 'Give a new token or secret', answer: EndpointView })
  rotate(
    @CurrentPrincipal() principal: Principal,
    @IdParam('endpoint') id: string,
    @JsonBody(EndpointRotation) rotation: EndpointRotation,
  ): Promise<EndpointView> {
    return this.endpoints.rotate(principal, id, rotation);
  }

  @Delete(':id')
  @Operation({
    access: 'edit',
    status: 204,
    summary: 'Remove a trigger URL',
    refusals: { 409: 'A live workflow starts from it.' },
  })
  delete(@CurrentPrincipal() principal: Principal, @IdParam('endpoint') id: string): Promise<void> {
    return this.endpoints.delete(principal, id);
  }
}
