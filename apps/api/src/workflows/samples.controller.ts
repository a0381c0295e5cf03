import {
  PageQuery,
  PinInput,
  SampleInput,
  WorkflowSample,
  WorkflowSampleView,
  type Page,
} from '@hookloom/contracts';
import type { Principal } from '@hookloom/server-kit';
import { Controller, Delete, Get, Param, Post, Put } from '@nestjs/common';
import { CurrentPrincipal } from '../access/access.hook.js';
import { IdParam, JsonBody, Operation, QueryParams } from '../http/operation.js';
import { SamplesService } from './samples.service.js';

@Controller('workflows/:id/samples')
export class SamplesController {
  constructor(private readonly samples: SamplesService) {}

  @Get()
  @Operation({
    access: 'read',
    summary: 'Sample events and pinned outputs of the draft, without their values',
    answer: WorkflowSample,
    paged: true,
  })
  list(
    @CurrentPrincipal() principal: Principal,
    @IdParam('workflow') id: string,
    @QueryParams(PageQuery) query: PageQuery,
  ): Promise<Page<WorkflowSample>> {
    return this.samples.list(principal, id, query);
  }

  @Post()
  @Operation({
    access: 'edit',
    status: 201,
    summary: 'Keep an event to try the draft with',
    answer: WorkflowSampleView,
    refusals: { 409: 'The workflow keeps as many as it may.' },
  })
  keep(
    @CurrentPrincipal() principal: Principal,
    @IdParam('workflow') id: string,
    @JsonBody(SampleInput) input: SampleInput,
  ): Promise<WorkflowSampleView> {
    return this.samples.keep(principal, id, input);
  }

  @Get(':sampleId')
  @Operation({ access: 'read', summary: 'One sample with its value', answer: WorkflowSampleView })
  get(
    @CurrentPrincipal() principal: Principal,
    @IdParam('workflow') id: string,
    @IdParam('sample', 'sampleId') sampleId: string,
  ): Promise<WorkflowSampleView> {
    return this.samples.get(principal, id, sampleId);
  }

  @Delete(':sampleId')
  @Operation({ access: 'edit', status: 204, summary: 'Remove a sample' })
  delete(
    @CurrentPrincipal() principal: Principal,
    @IdParam('workflow') id: string,
    @IdParam('sample', 'sampleId') sampleId: string,
  ): Promise<void> {
    return this.samples.delete(principal, id, sampleId);
  }

  @Put('outputs/:stepId')
  @Operation({
    access: 'edit',
    summary: 'Pin what a step gives in tests of the draft; live runs never use it',
    answer: WorkflowSampleView,
  })
  pin(
    @CurrentPrincipal() principal: Principal,
    @IdParam('workflow') id: string,
    @Param('stepId') stepId: string,
    @JsonBody(PinInput) input: PinInput,
  ): Promise<WorkflowSampleView> {
    return this.samples.pin(principal, id, stepId, input);
  }

  @Delete('outputs/:stepId')
  @Operation({ access: 'edit', status: 204, summary: 'Let a step be done again in tests of the draft' })
  unpin(
    @CurrentPrincipal() principal: Principal,
    @IdParam('workflow') id: string,
    @Param('stepId') stepId: string,
  ): Promise<void> {
    return this.samples.unpin(principal, id, stepId);
  }
}
