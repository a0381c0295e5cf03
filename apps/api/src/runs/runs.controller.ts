import {
  RetryForecast,
  RunCauses,
  RunCount,
  RunDetail,
  RunFilter,
  RunRequest,
  RunSummary,
  StepResultView,
  WorkflowDefinition,
  type Page,
} from '@hookloom/contracts';
import type { Principal } from '@hookloom/server-kit';
import { Controller, Get, Param, Post } from '@nestjs/common';
import { CurrentPrincipal } from '../access/access.hook.js';
import { IdParam, JsonBody, Operation, QueryParams } from '../http/operation.js';
import { RetryService } from './retry.service.js';
import { RunActions } from './run-actions.service.js';
import {
  ManualRunRequest,
  RetryQuery,
  RetryRequest,
  RunBegun,
  RunQuery,
  StepsQuery,
  StepTestRequest,
} from './run-query.js';
import { RunsService } from './runs.service.js';

@Controller()
export class RunsController {
  constructor(
    private readonly runs: RunsService,
    private readonly actions: RunActions,
    private readonly retries: RetryService,
  ) {}

  @Get('runs')
  @Operation({ access: 'read', summary: 'Runs, without their steps', answer: RunSummary, paged: true })
  list(
    @CurrentPrincipal() principal: Principal,
    @QueryParams(RunQuery) query: RunQuery,
  ): Promise<Page<RunSummary>> {
    return this.runs.list(principal, query);
  }

  @Get('runs/count')
  @Operation({ access: 'read', summary: 'How many runs a filter finds', answer: RunCount })
  count(
    @CurrentPrincipal() principal: Principal,
    @QueryParams(RunFilter) filter: RunFilter,
  ): Promise<RunCount> {
    return this.runs.count(principal, filter);
  }

  @Get('runs/causes')
  @Operation({
    access: 'read',
    summary: 'Why runs failed, those that failed alike together',
    answer: RunCauses,
  })
  causes(
    @CurrentPrincipal() principal: Principal,
    @QueryParams(RunFilter) filter: RunFilter,
  ): Promise<RunCauses> {
    return this.runs.causes(principal, filter);
  }

  @Get('runs/:id')
  @Operation({ access: 'read', summary: 'One run with what its steps did', answer: RunDetail })
  get(@CurrentPrincipal() principal: Principal, @IdParam('run') id: string): Promise<RunDetail> {
    return this.runs.get(principal, id);
  }

  @Get('runs/:id/steps')
  @Operation({
    access: 'read',
    summary: 'The steps of a long run, by pages',
    answer: StepResultView,
    paged: true,
  })
  listSteps(
    @CurrentPrincipal() principal: Principal,
    @IdParam('run') id: string,
    @QueryParams(StepsQuery) query: StepsQuery,
  ): Promise<Page<StepResultView>> {
    return this.runs.listSteps(principal, id, query);
  }

  @Get('runs/:id/definition')
  @Operation({
    access: 'read',
    summary: 'The workflow as this run follows it',
    answer: WorkflowDefinition,
  })
  definition(
    @CurrentPrincipal() principal: Principal,
    @IdParam('run') id: string,
  ): Promise<WorkflowDefinition> {
    return this.runs.definitionOf(principal, id);
  }

  @Post('runs/:id/cancel')
  @Operation({
    access: 'execute',
    status: 202,
    summary: 'End a run',
    answer: RunBegun,
    refusals: { 409: 'The run is over already.' },
  })
  cancel(@CurrentPrincipal() principal: Principal, @IdParam('run') id: string): Promise<RunBegun> {
    return this.actions.cancel(principal, id);
  }

  @Get('runs/:id/retry')
  @Operation({
    access: 'read',
    summary: 'What a retry would keep and do again',
    answer: RetryForecast,
    refusals: { 409: 'The run neither failed nor was cancelled.' },
  })
  foresee(
    @CurrentPrincipal() principal: Principal,
    @IdParam('run') id: string,
    @QueryParams(RetryQuery) query: RetryRequest,
  ): Promise<RetryForecast> {
    return this.retries.foresee(principal, id, query);
  }

  @Post('runs/:id/retry')
  @Operation({
    access: 'execute',
    status: 202,
    summary: 'Go on with a failed or cancelled run',
    answer: RunBegun,
    refusals: { 409: 'The run neither failed nor was cancelled.' },
  })
  retry(
    @CurrentPrincipal() principal: Principal,
    @IdParam('run') id: string,
    @JsonBody(RetryRequest) request: RetryRequest,
  ): Promise<RunBegun> {
    return this.retries.retry(principal, id, request);
  }

  @Post('workflows/:id/runs')
  @Operation({
    access: 'execute',
    status: 202,
    summary: 'Start a workflow by hand',
    answer: RunBegun,
    refusals: { 409: 'Nothing of it is live and no draft was asked for.' },
  })
  start(
    @CurrentPrincipal() principal: Principal,
    @IdParam('workflow') id: string,
    @JsonBody(ManualRunRequest) request: RunRequest,
  ): Promise<RunBegun> {
    return this.actions.start(principal, id, request);
  }

  @Post('workflows/:id/steps/:stepId/test')
  @Operation({
    access: 'execute',
    status: 202,
    summary: 'Do one step of the draft alone, for real',
    answer: RunBegun,
  })
  testStep(
    @CurrentPrincipal() principal: Principal,
    @IdParam('workflow') id: string,
    @Param('stepId') stepId: string,
    @JsonBody(StepTestRequest) request: StepTestRequest,
  ): Promise<RunBegun> {
    return this.actions.testStep(principal, id, stepId, request);
  }
}
