import {
  TemplateSummary,
  TemplateUse,
  TemplateView,
  WorkflowSetup,
  WorkflowSetupUpdate,
  WorkflowView,
  type Page,
} from '@hookloom/contracts';
import type { Principal } from '@hookloom/server-kit';
import { Controller, Get, Param, Post, Put } from '@nestjs/common';
import { CurrentPrincipal } from '../access/access.hook.js';
import { IdParam, JsonBody, Operation } from '../http/operation.js';
import { templateSummaries } from './gallery.js';
import { TemplatesService } from './templates.service.js';

@Controller()
export class TemplatesController {
  constructor(private readonly templates: TemplatesService) {}

  @Get('templates')
  @Operation({
    access: 'read',
    summary: 'All templates, without their documents',
    answer: TemplateSummary,
    paged: true,
  })
  list(): Page<TemplateSummary> {
    return { items: templateSummaries(), nextCursor: null };
  }

  @Get('templates/:slug')
  @Operation({
    access: 'read',
    summary: 'One template with its document, its samples and their effects',
    answer: TemplateView,
    refusals: { 404: 'There is no such template.' },
  })
  get(@Param('slug') slug: string): TemplateView {
    return this.templates.get(slug);
  }

  @Post('templates/:slug/use')
  @Operation({
    access: 'edit',
    status: 201,
    summary: "Make a workflow's draft from a template, with a new endpoint",
    answer: WorkflowView,
    refusals: { 404: 'There is no such template.' },
  })
  use(
    @CurrentPrincipal() principal: Principal,
    @Param('slug') slug: string,
    @JsonBody(TemplateUse) input: TemplateUse,
  ): Promise<WorkflowView> {
    return this.templates.use(principal, slug, input);
  }

  @Put('workflows/:id/setup')
  @Operation({
    access: 'edit',
    summary: 'Note how far the guided setup of a workflow is; its draft stays as it is',
    answer: WorkflowSetup,
  })
  saveSetup(
    @CurrentPrincipal() principal: Principal,
    @IdParam('workflow') id: string,
    @JsonBody(WorkflowSetupUpdate) update: WorkflowSetupUpdate,
  ): Promise<WorkflowSetup> {
    return this.templates.saveSetup(principal, id, update);
  }
}
