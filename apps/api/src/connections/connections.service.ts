import { CONNECTION_TYPES, ConnectionInput, isConnectionType, keyFromName } from '@hookloom/contracts';
import type { ConnectionView, Page, PageQuery } from '@hookloom/contracts';
import type { ConnectionEntity, Store } from '@hookloom/persistence';
import { conflict, invalid, notFound, type Principal } from '@hookloom/server-kit';
import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { recordChange } from '../access/audited.js';
import { AppParts } from '../app-parts.js';
import { toPage, toPageOf } from '../http/page.js';
import { checkInput } from '../http/schema.pipe.js';
import { ConnectionTester, type ConnectionTest } from './connection-test.service.js';

/** Body of `PUT /connections/{id}`: without `data` what is stored stays, else it is replaced as a whole. */
export const ConnectionUpdate = ConnectionInput.partial({ data: true, type: true }).meta({
  id: 'ConnectionUpdate',
});
export type ConnectionUpdate = z.infer<typeof ConnectionUpdate>;

/** Stored accounts. Their data goes in and never comes out. */
@Injectable()
export class ConnectionsService {
  constructor(
    private readonly parts: AppParts,
    private readonly tester: ConnectionTester,
  ) {}

  /** @throws ProblemError 409 if the key is taken, 422 for data that does not fit the type */
  async create(principal: Principal, input: ConnectionInput): Promise<ConnectionView> {
    const { projectId } = principal;
    const { name, type } = input;
    const data = checkData(type, input.data);
    const key = input.key === undefined ? { base: keyFromName(name, 'connection') } : { exact: input.key };
    return this.parts.store.transaction(async (store) => {
      const id = await store.newId();
      const sealed = this.seal(projectId, id, data);
      const connection = await store.connections.create({ id, projectId, name, key, type, sealed });
      if (!connection)
        throw conflict('key_taken', `There is a connection with the key "${input.key}" already.`);
      await recordChange(store, principal, { action: 'create', kind: 'connection', id });
      return toView(connection);
    });
  }

  async list(principal: Principal, query: PageQuery): Promise<Page<ConnectionView>> {
    return toPage(await this.parts.store.connections.list(principal.projectId, toPageOf(query)), toView);
  }

  async get(principal: Principal, id: string): Promise<ConnectionView> {
    return toView(await find(this.parts.store, principal, id));
  }

  async update(principal: Principal, id: string, input: ConnectionUpdate): Promise<ConnectionView> {
    const { projectId } = principal;
    return this.parts.store.transaction(async (store) => {
      const connection = await find(store, principal, id);
      refuseOther('key', connection.key, input.key);
      refuseOther('type', connection.type, input.type);
      const sealed =
        input.data === undefined
          ? connection.sealed
          : this.seal(projectId, id, checkData(connection.type, input.data));
      await store.connections.update({ projectId, id }, { name: input.name, sealed });
      await recordChange(store, principal, { action: 'update', kind: 'connection', id });
      return toView(await find(store, principal, id));
    });
  }

  /** @throws ProblemError 409 while a workflow's draft or live version names it */
  async delete(principal: Principal, id: string): Promise<void> {
    await this.parts.store.transaction(async (store) => {
      const { key } = await find(store, principal, id);
      const users = await store.workflows.findUsing(principal.projectId, 'connection', key);
      if (users.length > 0) throw conflict('in_use', `Workflows use this connection: ${users.join(', ')}.`);
      await store.connections.delete(principal.projectId, id);
      await recordChange(store, principal, { action: 'delete', kind: 'connection', id });
    });
  }

  async test(principal: Principal, id: string): Promise<ConnectionTest> {
    const { projectId, type, sealed } = await find(this.parts.store, principal, id);
    return this.tester.test(type, JSON.parse(this.parts.secretBox.open(sealed, { projectId, recordId: id })));
  }

  private seal(projectId: string, recordId: string, data: unknown): Buffer {
    return this.parts.secretBox.seal(JSON.stringify(data), { projectId, recordId });
  }
}

async function find(store: Store, principal: Principal, id: string): Promise<ConnectionEntity> {
  const connection = await store.connections.find(principal.projectId, id);
  if (!connection) throw notFound('connection');
  return connection;
}

function checkData(type: string, data: unknown): unknown {
  if (isConnectionType(type)) return checkInput<unknown>(CONNECTION_TYPES[type], data, 'data');
  const known = Object.keys(CONNECTION_TYPES).join(', ');
  throw invalid([{ path: 'type', message: `There is no such type of connection. Known are ${known}.` }]);
}

function refuseOther(path: 'key' | 'type', now: string, wanted: string | undefined): void {
  if (wanted === undefined || wanted === now) return;
  throw invalid([{ path, message: `The ${path} of a connection never changes. Make a new connection.` }]);
}

function toView(connection: ConnectionEntity): ConnectionView {
  return {
    id: connection.id,
    key: connection.key,
    name: connection.name,
    type: connection.type,
    createdAt: connection.createdAt.toISOString(),
    updatedAt: connection.updatedAt.toISOString(),
  };
}
