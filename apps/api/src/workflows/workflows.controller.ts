import {
  PageQuery,
  WorkflowActivity,
  WorkflowExport,
  WorkflowInput,
  WorkflowSummary,
  WorkflowUpdate,
  WorkflowView,
} from '@hookloom/contracts';
import type { Page } from '@hookloom/contracts';
import type { Principal } from '@hookloom/server-kit';
import { Controller, Delete, Get, Post, Put } from '@nestjs/common';
import { CurrentPrincipal } from '../access/access.hook.js';
import { IdParam, JsonBody, Operation, QueryParams } from '../http/operation.js';
import { CopyingService } from './copying.service.js';
import { ExportQuery, ExportingService } from './exporting.service.js';
import { WorkflowActivityService } from './workflow-activity.service.js';
import { ImportCheck, ImportInput, ImportReport } from './workflow-import.js';
import { WorkflowsService } from './workflows.service.js';

@Controller('workflows')
export class WorkflowsController {
  constructor(
    private readonly workflows: WorkflowsService,
    private readonly copying: CopyingService,
    private readonly exporting: ExportingService,
    private readonly activity: WorkflowActivityService,
  ) {}

  @Post()
  @Operation({
    access: 'edit',
    status: 201,
    summary: 'Make a workflow; a webhook trigger without an endpoint gets one of its own',
    answer: WorkflowView,
    refusals: { 409: 'The key is taken.' },
  })
  create(
    @CurrentPrincipal() principal: Principal,
    @JsonBody(WorkflowInput) input: WorkflowInput,
  ): Promise<WorkflowView> {
    return this.workflows.create(principal, input);
  }

  @Post('import')
  @Operation({
    access: 'edit',
    status: 201,
    summary: 'New workflows from a document or a list of them, with new endpoints',
    answer: ImportReport,
  })
  import(
    @CurrentPrincipal() principal: Principal,
    @JsonBody(ImportInput) input: ImportInput,
  ): Promise<ImportReport> {
    return this.copying.import(principal, input);
  }

  @Post('import/check')
  @Operation({
    access: 'edit',
    summary: 'What an import would bring and what would be missing; nothing is made',
    answer: ImportCheck,
  })
  checkImport(
    @CurrentPrincipal() principal: Principal,
    @JsonBody(ImportInput) input: ImportInput,
  ): Promise<ImportCheck> {
    return this.copying.check(principal, input);
  }

  @Get('activity')
  @Operation({
    access: 'read',
    summary: 'What workflows did in the last 24 hours, page by page as the list has them',
    answer: WorkflowActivity,
    paged: true,
  })
  listActivity(
    @CurrentPrincipal() principal: Principal,
    @QueryParams(PageQuery) query: PageQuery,
  ): Promise<Page<WorkflowActivity>> {
    return this.activity.list(principal, query);
  }

  @Get()
  @Operation({
    access: 'read',
    summary: 'All workflows, without their documents',
    answer: WorkflowSummary,
    paged: true,
  })
  list(
    @CurrentPrincipal() principal: Principal,
    @QueryParams(PageQuery) query: PageQuery,
  ): Promise<Page<WorkflowSummary>> {
    return this.workflows.list(principal, query);
  }

  @Get(':id')
  @Operation({
    access: 'read',
    summary: 'One workflow with its draft and its problems',
    answer: WorkflowView,
  })
  get(@CurrentPrincipal() principal: Principal, @IdParam('workflow') id: string): Promise<WorkflowView> {
    return this.workflows.get(principal, id);
  }

  @Get(':id/export')
  @Operation({
    access: 'read',
    summary: 'The draft or a version as a file to import elsewhere: without secrets and URLs',
    answer: WorkflowExport,
  })
  export(
    @CurrentPrincipal() principal: Principal,
    @IdParam('workflow') id: string,
    @QueryParams(ExportQuery) { version }: ExportQuery,
  ): Promise<WorkflowExport> {
    return this.exporting.export(principal, id, version);
  }

  @Put(':id')
  @Operation({
    access: 'edit',
    summary: 'Save the draft',
    answer: WorkflowView,
    refusals: { 409: 'The draft was saved by somebody else since `revision`.' },
  })
  update(
    @CurrentPrincipal() principal: Principal,
    @IdParam('workflow') id: string,
    @JsonBody(WorkflowUpdate) input: WorkflowUpdate,
  ): Promise<WorkflowView> {
    return this.workflows.update(principal, id, input);
  }

  @Delete(':id')
  @Operation({
    access: 'edit',
    status: 204,
    summary: 'Delete a workflow; its unfinished runs end as cancelled',
  })
  delete(@CurrentPrincipal() principal: Principal, @IdParam('workflow') id: string): Promise<void> {
    return this.workflows.delete(principal, id);
  }

  @Post(':id/copy')
  @Operation({
    access: 'edit',
    status: 201,
    summary: 'Copy the draft, with new endpoints',
    answer: WorkflowView,
  })
  copy(@CurrentPrincipal() principal: Principal, @IdParam('workflow') id: string): Promise<WorkflowView> {
    return this.copying.copy(principal, id);
  }
}
