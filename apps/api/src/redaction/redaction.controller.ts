import { RedactionRuleInput, RedactionRuleView, type Page } from '@hookloom/contracts';
import type { Principal } from '@hookloom/server-kit';
import { Controller, Delete, Get, Post } from '@nestjs/common';
import { CurrentPrincipal } from '../access/access.hook.js';
import { IdParam, JsonBody, Operation } from '../http/operation.js';
import { RedactionRulesService } from './redaction-rules.service.js';

@Controller('redaction-rules')
export class RedactionController {
  constructor(private readonly rules: RedactionRulesService) {}

  @Get()
  @Operation({
    access: 'read',
    summary: 'Which values of events and runs are hidden',
    answer: RedactionRuleView,
    paged: true,
  })
  list(@CurrentPrincipal() principal: Principal): Promise<Page<RedactionRuleView>> {
    return this.rules.list(principal);
  }

  @Post()
  @Operation({
    access: 'admin',
    status: 201,
    summary: 'Hide values from now on, in what is stored already too',
    answer: RedactionRuleView,
    refusals: { 409: 'There is this rule already, or too many.' },
  })
  create(
    @CurrentPrincipal() principal: Principal,
    @JsonBody(RedactionRuleInput) input: RedactionRuleInput,
  ): Promise<RedactionRuleView> {
    return this.rules.create(principal, input);
  }

  @Delete(':id')
  @Operation({ access: 'admin', status: 204, summary: 'Show what a rule hid' })
  delete(@CurrentPrincipal() principal: Principal, @IdParam('rule') id: string): Promise<void> {
    return this.rules.delete(principal, id);
  }
}
