import { API_KEY_SCOPES } from '@hookloom/contracts';
import { hashToken } from '@hookloom/persistence';
import type { Principal, Scope } from '@hookloom/server-kit';
import { Injectable } from '@nestjs/common';
import { AppParts } from '../app-parts.js';
import { SESSION_SECONDS, SessionCookie } from './session-cookie.js';

/** The headers of a request that say who asks. */
export interface Credentials {
  readonly authorization?: string | undefined;
  readonly cookie?: string | undefined;
}

/** Finds out who asks. A key or session that was taken back stops working with the next request. */
@Injectable()
export class Principals {
  private readonly cookie: SessionCookie;

  constructor(private readonly parts: AppParts) {
    this.cookie = new SessionCookie(parts.config.publicUrl);
  }

  /** `undefined`: nobody, or credentials that are not (or no longer) good. A key given counts, whatever the cookie says. */
  async find(credentials: Credentials): Promise<Principal | undefined> {
    if (credentials.authorization !== undefined) return this.ofApiKey(credentials.authorization);
    const token = this.cookie.find(credentials.cookie);
    return token === undefined ? undefined : this.ofSession(token);
  }

  private async ofApiKey(authorization: string): Promise<Principal | undefined> {
    const key = /^bearer +(hl_\S+)$/i.exec(authorization)?.[1];
    if (key === undefined) return undefined;
    const row = await this.parts.store.apiKeys.findByHash(hashToken(key));
    if (!row) return undefined;
    const { userId, email, name, role, projectId } = row;
    const via = { kind: 'api-key' as const, id: row.keyId, scopes: row.scopes.filter(isScope) };
    return { userId, email, name, role, projectId, via };
  }

  private async ofSession(token: string): Promise<Principal | undefined> {
    const tokenHash = hashToken(token);
    const member = await this.parts.store.sessions.findMember(tokenHash);
    if (!member) return undefined;
    await this.parts.store.sessions.renew(tokenHash, SESSION_SECONDS);
    return { ...member, via: { kind: 'session', tokenHash } };
  }
}

function isScope(scope: string): scope is Scope {
  return API_KEY_SCOPES.some((known) => known === scope);
}
