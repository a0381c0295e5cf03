import { KeptView, RetentionPreview, RetentionRule, RetentionView, StorageView } from '@hookloom/contracts';
import type { Principal } from '@hookloom/server-kit';
import { Controller, Delete, Get, Put } from '@nestjs/common';
import { z } from 'zod';
import { CurrentPrincipal } from '../access/access.hook.js';
import { IdParam, JsonBody, Operation, QueryParams } from '../http/operation.js';
import { KeepingService } from './keeping.service.js';
import { RetentionService } from './retention.service.js';
import { StorageService } from './storage.service.js';

/** Query of `GET /retention/preview`: a rule, as texts. */
const PreviewQuery = z.object({
  eventDays: z.coerce.number().pipe(RetentionRule.shape.eventDays),
  runDays: z.coerce.number().pipe(RetentionRule.shape.runDays),
});

@Controller()
export class RetentionController {
  constructor(
    private readonly retention: RetentionService,
    private readonly storage: StorageService,
    private readonly keeping: KeepingService,
  ) {}

  @Get('storage')
  @Operation({ access: 'read', summary: 'What takes the space, and when it goes', answer: StorageView })
  getStorage(@CurrentPrincipal() principal: Principal): Promise<StorageView> {
    return this.storage.get(principal);
  }

  @Get('retention')
  @Operation({ access: 'read', summary: 'How long events and runs are kept', answer: RetentionView })
  get(@CurrentPrincipal() principal: Principal): Promise<RetentionView> {
    return this.retention.get(principal);
  }

  @Get('retention/preview')
  @Operation({ access: 'read', summary: 'What a rule would delete tonight', answer: RetentionPreview })
  preview(
    @CurrentPrincipal() principal: Principal,
    @QueryParams(PreviewQuery) rule: RetentionRule,
  ): Promise<RetentionPreview> {
    return this.retention.preview(principal, rule);
  }

  @Put('retention')
  @Operation({ access: 'admin', summary: 'Change how long events and runs are kept', answer: RetentionView })
  set(
    @CurrentPrincipal() principal: Principal,
    @JsonBody(RetentionRule) rule: RetentionRule,
  ): Promise<RetentionView> {
    this.storage.forget(principal);
    return this.retention.set(principal, rule);
  }

  @Put('events/:id/keep')
  @Operation({ access: 'execute', summary: 'Keep an event beyond the rule', answer: KeptView })
  keepEvent(@CurrentPrincipal() principal: Principal, @IdParam('event') id: string): Promise<KeptView> {
    return this.keeping.keep(principal, 'event', id);
  }

  @Delete('events/:id/keep')
  @Operation({ access: 'execute', status: 204, summary: 'Let the rule hold for an event again' })
  releaseEvent(@CurrentPrincipal() principal: Principal, @IdParam('event') id: string): Promise<void> {
    return this.keeping.release(principal, 'event', id);
  }

  @Put('runs/:id/keep')
  @Operation({ access: 'execute', summary: 'Keep a run and its event beyond the rule', answer: KeptView })
  keepRun(@CurrentPrincipal() principal: Principal, @IdParam('run') id: string): Promise<KeptView> {
    return this.keeping.keep(principal, 'run', id);
  }

  @Delete('runs/:id/keep')
  @Operation({ access: 'execute', status: 204, summary: 'Let the rule hold for a run again' })
  releaseRun(@CurrentPrincipal() principal: Principal, @IdParam('run') id: string): Promise<void> {
    return this.keeping.release(principal, 'run', id);
  }
}
