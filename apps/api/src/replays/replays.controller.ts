import { BulkReplayRequest, PageQuery, ReplayItemView, ReplayView, type Page } from '@hookloom/contracts';
import type { Principal } from '@hookloom/server-kit';
import { Controller, Get, Post } from '@nestjs/common';
import { CurrentPrincipal } from '../access/access.hook.js';
import { IdParam, JsonBody, Operation, QueryParams } from '../http/operation.js';
import { BulkReplays } from './bulk-replays.service.js';
import { BulkReplayBegun } from './replay-query.js';

@Controller()
export class ReplaysController {
  constructor(private readonly replays: BulkReplays) {}

  @Post('events/replay')
  @Operation({
    access: 'execute',
    status: 202,
    summary: 'Start new runs from all events that a filter finds, oldest first',
    answer: BulkReplayBegun,
    refusals: { 409: 'The workflow is not live.' },
  })
  begin(
    @CurrentPrincipal() principal: Principal,
    @JsonBody(BulkReplayRequest) request: BulkReplayRequest,
  ): Promise<BulkReplayBegun> {
    return this.replays.begin(principal, request);
  }

  @Get('replays')
  @Operation({ access: 'read', summary: 'Replays of many events', answer: ReplayView, paged: true })
  list(
    @CurrentPrincipal() principal: Principal,
    @QueryParams(PageQuery) query: PageQuery,
  ): Promise<Page<ReplayView>> {
    return this.replays.list(principal, query);
  }

  @Get('replays/:id')
  @Operation({ access: 'read', summary: 'How far a replay is', answer: ReplayView })
  get(@CurrentPrincipal() principal: Principal, @IdParam('replay') id: string): Promise<ReplayView> {
    return this.replays.get(principal, id);
  }

  @Get('replays/:id/items')
  @Operation({ access: 'read', summary: 'What came of its events', answer: ReplayItemView, paged: true })
  items(
    @CurrentPrincipal() principal: Principal,
    @IdParam('replay') id: string,
    @QueryParams(PageQuery) query: PageQuery,
  ): Promise<Page<ReplayItemView>> {
    return this.replays.items(principal, id, query);
  }

  @Post('replays/:id/cancel')
  @Operation({
    access: 'execute',
    status: 202,
    summary: 'Start no more of its runs; those that were started go on',
    answer: ReplayView,
    refusals: { 409: 'It is over already.' },
  })
  cancel(@CurrentPrincipal() principal: Principal, @IdParam('replay') id: string): Promise<ReplayView> {
    return this.replays.cancel(principal, id);
  }
}
