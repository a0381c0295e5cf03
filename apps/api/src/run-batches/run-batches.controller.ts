import { PageQuery, RunBatchItemView, RunBatchRequest, RunBatchView, type Page } from '@hookloom/contracts';
import type { Principal } from '@hookloom/server-kit';
import { Controller, Get, Post } from '@nestjs/common';
import { CurrentPrincipal } from '../access/access.hook.js';
import { IdParam, JsonBody, Operation, QueryParams } from '../http/operation.js';
import { RunBatches } from './run-batches.service.js';

@Controller('run-batches')
export class RunBatchesController {
  constructor(private readonly batches: RunBatches) {}

  @Post()
  @Operation({
    access: 'execute',
    status: 202,
    summary: 'Retry or cancel all runs that a filter finds now, oldest first',
    answer: RunBatchView,
  })
  begin(
    @CurrentPrincipal() principal: Principal,
    @JsonBody(RunBatchRequest) request: RunBatchRequest,
  ): Promise<RunBatchView> {
    return this.batches.begin(principal, request);
  }

  @Get(':id')
  @Operation({ access: 'read', summary: 'How far a batch is', answer: RunBatchView })
  get(@CurrentPrincipal() principal: Principal, @IdParam('batch') id: string): Promise<RunBatchView> {
    return this.batches.get(principal, id);
  }

  @Get(':id/items')
  @Operation({ access: 'read', summary: 'What came of its runs', answer: RunBatchItemView, paged: true })
  items(
    @CurrentPrincipal() principal: Principal,
    @IdParam('batch') id: string,
    @QueryParams(PageQuery) query: PageQuery,
  ): Promise<Page<RunBatchItemView>> {
    return this.batches.items(principal, id, query);
  }

  @Post(':id/cancel')
  @Operation({
    access: 'execute',
    status: 202,
    summary: 'Touch no more of its runs; what was done stays',
    answer: RunBatchView,
    refusals: { 409: 'It is over already.' },
  })
  cancel(@CurrentPrincipal() principal: Principal, @IdParam('batch') id: string): Promise<RunBatchView> {
    return this.batches.cancel(principal, id);
  }
}
