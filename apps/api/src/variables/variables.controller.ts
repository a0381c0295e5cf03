import { PageQuery, VariableInput, VariableView } from '@hookloom/contracts';
import type { Page } from '@hookloom/contracts';
import type { Principal } from '@hookloom/server-kit';
import { Controller, Delete, Get, Post, Put } from '@nestjs/common';
import type { z } from 'zod';
import { CurrentPrincipal } from '../access/access.hook.js';
import { IdParam, JsonBody, Operation, QueryParams } from '../http/operation.js';
import { VariableUpdate, VariablesService } from './variables.service.js';

@Controller('variables')
export class VariablesController {
  constructor(private readonly variables: VariablesService) {}

  @Post()
  @Operation({
    access: 'edit',
    status: 201,
    summary: 'Make a variable',
    answer: VariableView,
    refusals: { 409: 'The key is taken.' },
  })
  create(
    @CurrentPrincipal() principal: Principal,
    @JsonBody(VariableInput) input: z.infer<typeof VariableInput>,
  ): Promise<VariableView> {
    return this.variables.create(principal, input);
  }

  @Get()
  @Operation({ access: 'read', summary: 'All variables', answer: VariableView, paged: true })
  list(
    @CurrentPrincipal() principal: Principal,
    @QueryParams(PageQuery) query: PageQuery,
  ): Promise<Page<VariableView>> {
    return this.variables.list(principal, query);
  }

  @Get(':id')
  @Operation({ access: 'read', summary: 'One variable', answer: VariableView })
  get(@CurrentPrincipal() principal: Principal, @IdParam('variable') id: string): Promise<VariableView> {
    return this.variables.get(principal, id);
  }

  @Put(':id')
  @Operation({ access: 'edit', summary: 'Change the value', answer: VariableView })
  update(
    @CurrentPrincipal() principal: Principal,
    @IdParam('variable') id: string,
    @JsonBody(VariableUpdate) input: VariableUpdate,
  ): Promise<VariableView> {
    return this.variables.update(principal, id, input);
  }

  @Delete(':id')
  @Operation({ access: 'edit', status: 204, summary: 'Remove a variable' })
  delete(@CurrentPrincipal() principal: Principal, @IdParam('variable') id: string): Promise<void> {
    return this.variables.delete(principal, id);
  }
}
