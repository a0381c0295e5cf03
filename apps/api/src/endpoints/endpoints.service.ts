import { EndpointSettings, keyFromName } from '@hookloom/contracts';
import type { EndpointInput, EndpointView, Page, PageQuery } from '@hookloom/contracts';
import type { EndpointEntity, Store } from '@hookloom/persistence';
import { conflict, invalid, notFound, type Principal } from '@hookloom/server-kit';
import { Injectable } from '@nestjs/common';
import { recordChange } from '../access/audited.js';
import { AppParts } from '../app-parts.js';
import { toPageOf } from '../http/page.js';
import { findEndpointErrors, findUnusable } from './endpoint-check.js';
import type { EndpointRotation } from './endpoint-rotation.js';
import { EndpointVault } from './endpoint-vault.js';

/** Trigger URLs as objects of their own. What is saved is in force at once, in every process. */
@Injectable()
export class EndpointsService {
  constructor(
    private readonly parts: AppParts,
    private readonly vault: EndpointVault,
  ) {}

  /** @throws ProblemError 409 if the key is taken, 422 for settings that do not fit the sender */
  async create(principal: Principal, input: EndpointInput): Promise<EndpointView> {
    await this.check(input);
    return this.parts.store.transaction(async (store) => {
      const endpoint = await this.createWithin(store, principal, input);
      return this.showOne(store, endpoint);
    });
  }

  /** Makes an endpoint inside a transaction of the caller's, with a token of its own. */
  async createWithin(store: Store, principal: Principal, input: EndpointInput): Promise<EndpointEntity> {
    const { projectId } = principal;
    const key =
      input.key === undefined ? { base: keyFromName(input.name, 'endpoint') } : { exact: input.key };
    const settings = toSettingsJson(input);
    const endpoint = await store.endpoints.create({ projectId, name: input.name, key, settings });
    if (!endpoint) throw conflict('key_taken', `There is an endpoint with the key "${input.key}" already.`);
    const at = { projectId, endpointId: endpoint.id };
    await this.vault.giveToken(store, at, 0);
    if (input.secret) await this.vault.giveSecret(store, at, input.secret, 0);
    await recordChange(store, principal, { action: 'create', kind: 'endpoint', id: endpoint.id });
    return endpoint;
  }

  async list(principal: Principal, query: PageQuery): Promise<Page<EndpointView>> {
    const { store } = this.parts;
    const page = await store.endpoints.list(principal.projectId, toPageOf(query));
    return { items: await this.vault.show(store, page.rows), nextCursor: page.next };
  }

  async get(principal: Principal, id: string): Promise<EndpointView> {
    return this.showOne(this.parts.store, await findEndpoint(this.parts.store, principal, id));
  }

  /** Replaces all settings. Without `secret` the secret stays; `null` takes it away. */
  async update(principal: Principal, id: string, input: EndpointInput): Promise<EndpointView> {
    const { projectId } = principal;
    const before = await findEndpoint(this.parts.store, principal, id);
    await this.check(input, senderOf(before));
    return this.parts.store.transaction(async (store) => {
      const endpoint = await findEndpoint(store, principal, id);
      if (input.key !== undefined && input.key !== endpoint.key) {
        throw invalid([{ path: 'key', message: 'A key never changes, since workflows refer to it.' }]);
      }
      await store.endpoints.update({ projectId, id }, { name: input.name, settings: toSettingsJson(input) });
      if (input.secret === null) await store.endpoints.removeSecrets(id);
      if (input.secret) await this.vault.giveSecret(store, { projectId, endpointId: id }, input.secret, 0);
      await recordChange(store, principal, { action: 'update', kind: 'endpoint', id });
      return this.showOne(store, await findEndpoint(store, principal, id));
    });
  }

  /** Gives a new token or secret; the old one works until the overlap ends. */
  async rotate(principal: Principal, id: string, rotation: EndpointRotation): Promise<EndpointView> {
    const at = { projectId: principal.projectId, endpointId: id };
    const { token, secret, overlapSeconds } = rotation;
    return this.parts.store.transaction(async (store) => {
      await findEndpoint(store, principal, id);
      await store.endpoints.raiseRevisions([id]);
      if (token) await this.vault.giveToken(store, at, overlapSeconds);
      if (secret !== undefined) await this.vault.giveSecret(store, at, secret, overlapSeconds);
      const detail = [token ? 'token' : '', secret === undefined ? '' : 'secret']
        .filter(Boolean)
        .join(' and ');
      await recordChange(store, principal, { action: 'rotate', kind: 'endpoint', id, detail });
      return this.showOne(store, await findEndpoint(store, principal, id));
    });
  }

  /** @throws ProblemError 409 while a live workflow starts from it */
  async delete(principal: Principal, id: string): Promise<void> {
    await this.parts.store.transaction(async (store) => {
      await findEndpoint(store, principal, id);
      await store.endpoints.raiseRevisions([id]);
      const users = await store.endpointRoutes.findLiveWorkflows(id);
      if (users.length > 0) {
        throw conflict(
          'in_use',
          `Live workflows start from this endpoint: ${users.join(', ')}. Unpublish them first.`,
        );
      }
      await store.endpoints.delete(principal.projectId, id);
      await recordChange(store, principal, { action: 'delete', kind: 'endpoint', id });
    });
  }

  private async check(input: EndpointInput, sender?: string): Promise<void> {
    const errors = [
      ...findEndpointErrors(input, sender),
      ...(await findUnusable(this.parts.evaluator, input)),
    ];
    if (errors.length > 0) throw invalid(errors);
  }

  private async showOne(store: Store, endpoint: EndpointEntity): Promise<EndpointView> {
    const [view] = await this.vault.show(store, [endpoint]);
    if (!view) throw notFound('endpoint');
    return view;
  }
}

async function findEndpoint(store: Store, principal: Principal, id: string): Promise<EndpointEntity> {
  const endpoint = await store.endpoints.find(principal.projectId, id);
  if (!endpoint) throw notFound('endpoint');
  return endpoint;
}

function senderOf({ settings }: EndpointEntity): string {
  return EndpointSettings.parse(JSON.parse(settings)).sender;
}

/** Only what belongs to the settings: never the secret. */
function toSettingsJson(input: EndpointInput): string {
  return JSON.stringify(EndpointSettings.parse(input));
}
