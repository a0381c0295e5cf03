import { EventDetail, EventFilter, EventSecrets, EventSummary, type Page } from '@hookloom/contracts';
import type { Principal } from '@hookloom/server-kit';
import { Controller, Get, Post, StreamableFile } from '@nestjs/common';
import { CurrentPrincipal } from '../access/access.hook.js';
import { IdParam, Operation, QueryParams } from '../http/operation.js';
import { EventCount, EventQuery } from './event-query.js';
import { EventsService } from './events.service.js';

@Controller('events')
export class EventsController {
  constructor(private readonly events: EventsService) {}

  @Get()
  @Operation({ access: 'read', summary: 'What trigger URLs received', answer: EventSummary, paged: true })
  list(
    @CurrentPrincipal() principal: Principal,
    @QueryParams(EventQuery) query: EventQuery,
  ): Promise<Page<EventSummary>> {
    return this.events.list(principal, query);
  }

  @Get('count')
  @Operation({ access: 'read', summary: 'How many events a filter finds', answer: EventCount })
  count(
    @CurrentPrincipal() principal: Principal,
    @QueryParams(EventFilter) filter: EventFilter,
  ): Promise<EventCount> {
    return this.events.count(principal, filter);
  }

  @Get(':id')
  @Operation({ access: 'read', summary: 'One event with headers and body', answer: EventDetail })
  get(@CurrentPrincipal() principal: Principal, @IdParam('event') id: string): Promise<EventDetail> {
    return this.events.get(principal, id);
  }

  @Post(':id/reveal')
  @Operation({
    access: 'admin',
    status: 200,
    summary: 'Its headers and query in clear; the audit notes who looked',
    answer: EventSecrets,
  })
  reveal(@CurrentPrincipal() principal: Principal, @IdParam('event') id: string): Promise<EventSecrets> {
    return this.events.reveal(principal, id);
  }

  @Get(':id/raw')
  @Operation({
    access: 'read',
    summary: 'The exact bytes of its body, as they were sent',
    produces: 'application/octet-stream',
    refusals: { 409: 'A rule hides a part of them.' },
  })
  async getRawBody(
    @CurrentPrincipal() principal: Principal,
    @IdParam('event') id: string,
  ): Promise<StreamableFile> {
    const bytes = await this.events.getRawBody(principal, id);
    const disposition = `attachment; filename="event-${id}.bin"`;
    return new StreamableFile(bytes, { type: 'application/octet-stream', disposition, length: bytes.length });
  }
}
