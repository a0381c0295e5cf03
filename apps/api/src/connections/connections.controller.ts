import {
  ConnectionChange,
  ConnectionInput,
  ConnectionUser,
  ConnectionView,
  PageQuery,
} from '@hookloom/contracts';
import type { Page } from '@hookloom/contracts';
import type { Principal } from '@hookloom/server-kit';
import { Controller, Delete, Get, Patch, Post, Put } from '@nestjs/common';
import { z } from 'zod';
import { CurrentPrincipal } from '../access/access.hook.js';
import { IdParam, JsonBody, Operation, QueryParams } from '../http/operation.js';
import { ConnectionTest } from './connection-test.service.js';
import { ConnectionUpdate, ConnectionsService } from './connections.service.js';

/** Query of a deletion: `evenIfUsed=true` says that the workflows which name it may fail from then on. */
const DeleteQuery = z.object({ evenIfUsed: z.enum(['true', 'false']).default('false') });
type DeleteQuery = z.infer<typeof DeleteQuery>;

@Controller('connections')
export class ConnectionsController {
  constructor(private readonly connections: ConnectionsService) {}

  @Post()
  @Operation({
    access: 'connections',
    status: 201,
    summary: 'Store an account; its data is encrypted and never sent back',
    answer: ConnectionView,
    refusals: { 409: 'The key is taken.' },
  })
  create(
    @CurrentPrincipal() principal: Principal,
    @JsonBody(ConnectionInput) input: ConnectionInput,
  ): Promise<ConnectionView> {
    return this.connections.create(principal, input);
  }

  @Get()
  @Operation({
    access: 'read',
    summary: 'All connections, without their data',
    answer: ConnectionView,
    paged: true,
  })
  list(
    @CurrentPrincipal() principal: Principal,
    @QueryParams(PageQuery) query: PageQuery,
  ): Promise<Page<ConnectionView>> {
    return this.connections.list(principal, query);
  }

  @Get(':id')
  @Operation({ access: 'read', summary: 'One connection, without its data', answer: ConnectionView })
  get(@CurrentPrincipal() principal: Principal, @IdParam('connection') id: string): Promise<ConnectionView> {
    return this.connections.get(principal, id);
  }

  @Put(':id')
  @Operation({
    access: 'connections',
    summary: 'Rename a connection or replace its data',
    answer: ConnectionView,
  })
  update(
    @CurrentPrincipal() principal: Principal,
    @IdParam('connection') id: string,
    @JsonBody(ConnectionUpdate) input: ConnectionUpdate,
  ): Promise<ConnectionView> {
    return this.connections.update(principal, id, input);
  }

  @Patch(':id')
  @Operation({
    access: 'connections',
    summary: 'Change some of it; what is left out stays as stored',
    answer: ConnectionView,
  })
  change(
    @CurrentPrincipal() principal: Principal,
    @IdParam('connection') id: string,
    @JsonBody(ConnectionChange) input: ConnectionChange,
  ): Promise<ConnectionView> {
    return this.connections.change(principal, id, input);
  }

  @Get(':id/workflows')
  @Operation({
    access: 'read',
    summary: 'The workflows that name it in their draft or live version',
    answer: ConnectionUser,
    paged: true,
  })
  listUsers(
    @CurrentPrincipal() principal: Principal,
    @IdParam('connection') id: string,
  ): Promise<Page<ConnectionUser>> {
    return this.connections.listUsers(principal, id);
  }

  @Delete(':id')
  @Operation({
    access: 'connections',
    status: 204,
    summary: 'Remove a connection',
    refusals: { 409: 'A workflow uses it, and `evenIfUsed` is not set.' },
  })
  delete(
    @CurrentPrincipal() principal: Principal,
    @IdParam('connection') id: string,
    @QueryParams(DeleteQuery) query: DeleteQuery,
  ): Promise<void> {
    return this.connections.delete(principal, id, query.evenIfUsed === 'true');
  }

  @Post(':id/test')
  @Operation({
    access: 'connections',
    summary: 'Call the other side and say whether it works',
    answer: ConnectionTest,
  })
  test(@CurrentPrincipal() principal: Principal, @IdParam('connection') id: string): Promise<ConnectionTest> {
    return this.connections.test(principal, id);
  }
}
