import {
  AlertMessageView,
  AlertSettings,
  AlertTarget,
  AlertView,
  PageQuery,
  WorkflowAlerts,
  type Page,
} from '@hookloom/contracts';
import type { Principal } from '@hookloom/server-kit';
import { Controller, Get, Post, Put } from '@nestjs/common';
import { z } from 'zod';
import { CurrentPrincipal } from '../access/access.hook.js';
import { IdParam, JsonBody, Operation, QueryParams } from '../http/operation.js';
import { AlertsService } from './alerts.service.js';

const AlertQuery = PageQuery.extend({
  open: z.stringbool().optional().meta({ description: 'Only what is still wrong.' }),
});

@Controller()
export class AlertsController {
  constructor(private readonly alerts: AlertsService) {}

  @Get('alerts')
  @Operation({
    access: 'read',
    summary: 'What goes wrong or went wrong lately',
    answer: AlertView,
    paged: true,
  })
  list(
    @CurrentPrincipal() principal: Principal,
    @QueryParams(AlertQuery) query: z.infer<typeof AlertQuery>,
  ): Promise<Page<AlertView>> {
    return this.alerts.list(principal, query);
  }

  @Get('alerts/messages')
  @Operation({ access: 'read', summary: 'Who was told of it', answer: AlertMessageView, paged: true })
  messages(
    @CurrentPrincipal() principal: Principal,
    @QueryParams(PageQuery) query: PageQuery,
  ): Promise<Page<AlertMessageView>> {
    return this.alerts.messages(principal, query);
  }

  @Get('alerts/settings')
  @Operation({ access: 'read', summary: 'Where alerts of the project go', answer: AlertSettings })
  getSettings(@CurrentPrincipal() principal: Principal): Promise<AlertSettings> {
    return this.alerts.getSettings(principal);
  }

  @Put('alerts/settings')
  @Operation({ access: 'admin', summary: 'Change where alerts of the project go', answer: AlertSettings })
  putSettings(
    @CurrentPrincipal() principal: Principal,
    @JsonBody(AlertSettings) settings: AlertSettings,
  ): Promise<AlertSettings> {
    return this.alerts.putSettings(principal, settings);
  }

  @Post('alerts/test')
  @Operation({ access: 'admin', status: 202, summary: 'Send a test alert' })
  test(@CurrentPrincipal() principal: Principal, @JsonBody(AlertTarget) target: AlertTarget): Promise<void> {
    return this.alerts.test(principal, target);
  }

  @Get('workflows/:id/alerts')
  @Operation({ access: 'read', summary: 'Where alerts of a workflow go', answer: WorkflowAlerts })
  getOfWorkflow(
    @CurrentPrincipal() principal: Principal,
    @IdParam('workflow') id: string,
  ): Promise<WorkflowAlerts> {
    return this.alerts.getOfWorkflow(principal, id);
  }

  @Put('workflows/:id/alerts')
  @Operation({ access: 'edit', summary: 'Change where alerts of a workflow go', answer: WorkflowAlerts })
  putOfWorkflow(
    @CurrentPrincipal() principal: Principal,
    @IdParam('workflow') id: string,
    @JsonBody(WorkflowAlerts) alerts: WorkflowAlerts,
  ): Promise<WorkflowAlerts> {
    return this.alerts.putOfWorkflow(principal, id, alerts);
  }
}
