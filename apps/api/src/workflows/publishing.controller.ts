import { PageQuery, PublishInput, WorkflowVersionView, WorkflowView } from '@hookloom/contracts';
import type { Page } from '@hookloom/contracts';
import type { Principal } from '@hookloom/server-kit';
import { Controller, Get, Post } from '@nestjs/common';
import { z } from 'zod';
import { CurrentPrincipal } from '../access/access.hook.js';
import { IdParam, JsonBody, NumberParam, Operation, QueryParams } from '../http/operation.js';
import { PublishingService } from './publishing.service.js';

const Published = z.object({ version: z.int() }).meta({ id: 'Published' });
const NOT_LIVE = { 409: 'The workflow is not live.' };

/** What is live, and the versions. */
@Controller('workflows/:id')
export class PublishingController {
  constructor(private readonly publishing: PublishingService) {}

  @Post('publish')
  @Operation({
    access: 'edit',
    summary: 'Freeze the draft as the next version and make it live',
    answer: Published,
  })
  publish(
    @CurrentPrincipal() principal: Principal,
    @IdParam('workflow') id: string,
    @JsonBody(PublishInput) input: PublishInput,
  ): Promise<{ version: number }> {
    return this.publishing.publish(principal, id, input?.note);
  }

  @Post('unpublish')
  @Operation({
    access: 'edit',
    summary: 'Nothing starts it any more',
    answer: WorkflowView,
    refusals: NOT_LIVE,
  })
  unpublish(
    @CurrentPrincipal() principal: Principal,
    @IdParam('workflow') id: string,
  ): Promise<WorkflowView> {
    return this.publishing.unpublish(principal, id);
  }

  @Post('pause')
  @Operation({
    access: 'edit',
    summary: 'Hold back runs that have not started',
    answer: WorkflowView,
    refusals: NOT_LIVE,
  })
  pause(@CurrentPrincipal() principal: Principal, @IdParam('workflow') id: string): Promise<WorkflowView> {
    return this.publishing.pause(principal, id);
  }

  @Post('resume')
  @Operation({
    access: 'edit',
    summary: 'Let held runs and events go on',
    answer: WorkflowView,
    refusals: NOT_LIVE,
  })
  resume(@CurrentPrincipal() principal: Principal, @IdParam('workflow') id: string): Promise<WorkflowView> {
    return this.publishing.resume(principal, id);
  }

  @Get('versions')
  @Operation({ access: 'read', summary: 'All versions', answer: WorkflowVersionView, paged: true })
  listVersions(
    @CurrentPrincipal() principal: Principal,
    @IdParam('workflow') id: string,
    @QueryParams(PageQuery) query: PageQuery,
  ): Promise<Page<WorkflowVersionView>> {
    return this.publishing.listVersions(principal, id, query);
  }

  @Post('versions/:version/restore')
  @Operation({ access: 'edit', summary: 'Make a version the draft', answer: WorkflowView })
  restore(
    @CurrentPrincipal() principal: Principal,
    @IdParam('workflow') id: string,
    @NumberParam('version') version: number,
  ): Promise<WorkflowView> {
    return this.publishing.restore(principal, id, version);
  }

  @Post('versions/:version/live')
  @Operation({ access: 'edit', summary: 'Make a version live at once', answer: WorkflowView })
  makeLive(
    @CurrentPrincipal() principal: Principal,
    @IdParam('workflow') id: string,
    @NumberParam('version') version: number,
  ): Promise<WorkflowView> {
    return this.publishing.makeLive(principal, id, version);
  }
}
