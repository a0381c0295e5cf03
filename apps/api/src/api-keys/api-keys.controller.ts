import { ApiKeyInput, ApiKeyView, PageQuery } from '@hookloom/contracts';
import type { Page } from '@hookloom/contracts';
import type { Principal } from '@hookloom/server-kit';
import { Controller, Delete, Get, Post } from '@nestjs/common';
import type { z } from 'zod';
import { CurrentPrincipal } from '../access/access.hook.js';
import { IdParam, JsonBody, Operation, QueryParams } from '../http/operation.js';
import { ApiKeysService, NewApiKey } from './api-keys.service.js';

@Controller('api-keys')
export class ApiKeysController {
  constructor(private readonly keys: ApiKeysService) {}

  @Post()
  @Operation({
    access: 'admin',
    status: 201,
    summary: 'Make an API key; it is shown this once',
    answer: NewApiKey,
  })
  create(
    @CurrentPrincipal() principal: Principal,
    @JsonBody(ApiKeyInput) input: z.infer<typeof ApiKeyInput>,
  ): Promise<NewApiKey> {
    return this.keys.create(principal, input);
  }

  @Get()
  @Operation({
    access: 'admin',
    summary: 'All API keys, without the keys themselves',
    answer: ApiKeyView,
    paged: true,
  })
  list(
    @CurrentPrincipal() principal: Principal,
    @QueryParams(PageQuery) query: PageQuery,
  ): Promise<Page<ApiKeyView>> {
    return this.keys.list(principal, query);
  }

  @Delete(':id')
  @Operation({ access: 'admin', status: 204, summary: 'Take an API key back' })
  delete(@CurrentPrincipal() principal: Principal, @IdParam('API key') id: string): Promise<void> {
    return this.keys.delete(principal, id);
  }
}
