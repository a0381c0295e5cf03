import { API_KEY_SCOPES, ApiKeyView } from '@hookloom/contracts';
import type { ApiKeyInput, Page, PageQuery } from '@hookloom/contracts';
import { hashToken, type ApiKeyEntity } from '@hookloom/persistence';
import { newToken, notFound, type Principal } from '@hookloom/server-kit';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { recordChange } from '../access/audited.js';
import { AppParts } from '../app-parts.js';
import { toPage, toPageOf } from '../http/page.js';

/** A new key; `key` is answered this once and stored hashed. */
export const NewApiKey = ApiKeyView.extend({ key: z.string() }).meta({ id: 'NewApiKey' });
export type NewApiKey = z.infer<typeof NewApiKey>;

/** Keys of scripts. A key may do what its scopes and its owner's role both allow. */
@Injectable()
export class ApiKeysService {
  constructor(private readonly parts: AppParts) {}

  /** Without scopes the key may do all that its owner may. */
  async create(principal: Principal, input: z.infer<typeof ApiKeyInput>): Promise<NewApiKey> {
    const { projectId, userId } = principal;
    const key = `hl_${newToken()}`;
    const scopes = input.scopes ?? ['admin'];
    return this.parts.store.transaction(async (store) => {
      const row = await store.apiKeys.create({
        projectId,
        userId,
        name: input.name,
        keyHash: hashToken(key),
        scopes,
      });
      await recordChange(store, principal, { action: 'create', kind: 'api-key', id: row.id });
      return { ...toView(row), key };
    });
  }

  async list(principal: Principal, query: PageQuery): Promise<Page<ApiKeyView>> {
    return toPage(await this.parts.store.apiKeys.list(principal.projectId, toPageOf(query)), toView);
  }

  /** The key stops working with the next request. */
  async delete(principal: Principal, id: string): Promise<void> {
    await this.parts.store.transaction(async (store) => {
      if (!(await store.apiKeys.delete(principal.projectId, id))) throw notFound('API key');
      await recordChange(store, principal, { action: 'delete', kind: 'api-key', id });
    });
  }
}

function toView(key: ApiKeyEntity): ApiKeyView {
  return {
    id: key.id,
    name: key.name,
    scopes: API_KEY_SCOPES.filter((scope) => key.scopes.includes(scope)),
    createdAt: key.createdAt.toISOString(),
    lastUsedAt: key.lastUsedAt?.toISOString() ?? null,
  };
}
