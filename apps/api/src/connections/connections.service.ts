import { ConnectionInput, keyFromName } from '@hookloom/contracts';
import type { ConnectionChange, ConnectionUser, ConnectionView, Page, PageQuery } from '@hookloom/contracts';
import type { ConnectionEntity, Store } from '@hookloom/persistence';
import { conflict, invalid, notFound, type Principal } from '@hookloom/server-kit';
import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { recordChange } from '../access/audited.js';
import { AppParts } from '../app-parts.js';
import { toPage, toPageOf } from '../http/page.js';
import { statusOf } from '../workflows/workflow-view.js';
import { checkData, changeData } from './connection-data.js';
import { ConnectionTester, type ConnectionTest } from './connection-test.service.js';
import { toView } from './connection-view.js';

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
      const createdBy = principal.email;
      const connection = await store.connections.create({
        id,
        projectId,
        name,
        key,
        type,
        sealed,
        createdBy,
      });
      if (!connection)
        throw conflict('key_taken', `There is a connection with the key "${input.key}" already.`);
      await recordChange(store, principal, { action: 'create', kind: 'connection', id });
      return toView(connection, 0);
    });
  }

  async list(principal: Principal, query: PageQuery): Promise<Page<ConnectionView>> {
    const { store } = this.parts;
    const page = await store.connections.list(principal.projectId, toPageOf(query));
    const users = await store.workflows.countUsingConnections(principal.projectId);
    return toPage(page, (connection) => toView(connection, users.get(connection.key) ?? 0));
  }

  async get(principal: Principal, id: string): Promise<ConnectionView> {
    return view(this.parts.store, principal, id);
  }

  /** The workflows that name it in their draft or live version. */
  async listUsers(principal: Principal, id: string): Promise<Page<ConnectionUser>> {
    const { key } = await find(this.parts.store, principal, id);
    const users = await this.parts.store.workflows.findUsing(principal.projectId, 'connection', key);
    const items = users.map((user) => ({
      id: user.id,
      key: user.key,
      name: user.name,
      status: statusOf(user),
    }));
    return { items, nextCursor: null };
  }

  async update(principal: Principal, id: string, input: ConnectionUpdate): Promise<ConnectionView> {
    return this.parts.store.transaction(async (store) => {
      const connection = await find(store, principal, id);
      refuseOther('key', connection.key, input.key);
      refuseOther('type', connection.type, input.type);
      const data = input.data && checkData(connection.type, input.data);
      return this.save(store, principal, connection, { name: input.name, data });
    });
  }

  /** Changes what is given; the rest stays as stored. */
  async change(principal: Principal, id: string, input: ConnectionChange): Promise<ConnectionView> {
    return this.parts.store.transaction(async (store) => {
      const connection = await find(store, principal, id);
      const data = input.data && changeData(connection.type, this.open(connection), input.data);
      return this.save(store, principal, connection, { name: input.name ?? connection.name, data });
    });
  }

  /** @throws ProblemError 409 while a workflow's draft or live version names it, unless `isUseAccepted` */
  async delete(principal: Principal, id: string, isUseAccepted: boolean): Promise<void> {
    await this.parts.store.transaction(async (store) => {
      const { key } = await find(store, principal, id);
      const users = await store.workflows.findUsing(principal.projectId, 'connection', key);
      if (users.length > 0 && !isUseAccepted) {
        const named = users.map((user) => user.key).join(', ');
        throw conflict('in_use', `Workflows use this connection: ${named}.`);
      }
      await store.connections.delete(principal.projectId, id);
      await recordChange(store, principal, { action: 'delete', kind: 'connection', id });
    });
  }

  /** Tries it for real and notes what came of it. */
  async test(principal: Principal, id: string): Promise<ConnectionTest> {
    const connection = await find(this.parts.store, principal, id);
    const answer = await this.tester.test(connection.type, this.open(connection));
    await this.parts.store.connections.noteCheck(connection, answer);
    return answer;
  }

  /** @param to without `data` what is stored stays */
  private async save(
    store: Store,
    principal: Principal,
    connection: ConnectionEntity,
    to: { readonly name: string; readonly data: unknown },
  ): Promise<ConnectionView> {
    const { projectId, id } = connection;
    const sealed = to.data === undefined ? {} : { sealed: this.seal(projectId, id, to.data) };
    await store.connections.update({ projectId, id }, { name: to.name, ...sealed });
    await recordChange(store, principal, { action: 'update', kind: 'connection', id });
    return view(store, principal, id);
  }

  private open({ projectId, id, sealed }: ConnectionEntity): unknown {
    return JSON.parse(this.parts.secretBox.open(sealed, { projectId, recordId: id }));
  }

  private seal(projectId: string, recordId: string, data: unknown): Buffer {
    return this.parts.secretBox.seal(JSON.stringify(data), { projectId, recordId });
  }
}

async function view(store: Store, principal: Principal, id: string): Promise<ConnectionView> {
  const connection = await find(store, principal, id);
  const users = await store.workflows.findUsing(principal.projectId, 'connection', connection.key);
  return toView(connection, users.length);
}

async function find(store: Store, principal: Principal, id: string): Promise<ConnectionEntity> {
  const connection = await store.connections.find(principal.projectId, id);
  if (!connection) throw notFound('connection');
  return connection;
}

function refuseOther(path: 'key' | 'type', now: string, wanted: string | undefined): void {
  if (wanted === undefined || wanted === now) return;
  throw invalid([{ path, message: `The ${path} of a connection never changes. Make a new connection.` }]);
}
