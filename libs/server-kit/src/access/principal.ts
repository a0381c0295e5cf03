import { API_KEY_SCOPES, type Permission, type Role } from '@hookloom/contracts';

export type Scope = (typeof API_KEY_SCOPES)[number];

/** Who asks, in which project, and with what rights. Found once for each request. */
export interface Principal {
  readonly userId: string;
  readonly email: string;
  readonly name: string;
  readonly projectId: string;
  readonly role: Role;
  /** How the caller proved it: a browser's session (then unsafe methods need a fitting `Origin`) or an API key. */
  readonly via:
    | { readonly kind: 'session'; readonly tokenHash: Buffer }
    | { readonly kind: 'api-key'; readonly id: string; readonly scopes: readonly Scope[] };
}

/** What each role may do. Replaying, retrying and test runs are `execute`. */
const ROLE_GRANTS: Readonly<Record<Role, readonly Permission[]>> = {
  viewer: ['read'],
  operator: ['read', 'execute'],
  editor: ['read', 'execute', 'edit'],
  admin: ['read', 'execute', 'edit', 'connections', 'admin'],
  owner: ['read', 'execute', 'edit', 'connections', 'admin'],
};

/** What each scope of an API key may do, never more than its owner's role. */
const SCOPE_GRANTS: Readonly<Record<Scope, readonly Permission[]>> = {
  read: ['read'],
  run: ['read', 'execute'],
  edit: ['read', 'edit'],
  admin: ['read', 'execute', 'edit', 'connections', 'admin'],
};

/** What a route says about who may call it. `public`: anyone; `signed-in`: any principal. */
export type Access = 'public' | 'signed-in' | Permission;

/** Whether a principal holds a permission: its role grants it and, for an API key, one of its scopes too. */
export function holds(principal: Principal, permission: Permission): boolean {
  if (!ROLE_GRANTS[principal.role].includes(permission)) return false;
  if (principal.via.kind === 'session') return true;
  return principal.via.scopes.some((scope) => SCOPE_GRANTS[scope].includes(permission));
}

/**
 * Decides one request. Deny by default: a route that declares nothing is refused to everybody.
 *
 * @returns `undefined` when allowed, else the status to answer
 */
export function decideAccess(
  access: Access | undefined,
  principal: Principal | undefined,
): 401 | 403 | undefined {
  if (access === 'public') return undefined;
  if (access === undefined) return 403;
  if (!principal) return 401;
  return access === 'signed-in' || holds(principal, access) ? undefined : 403;
}

/** The principal as the audit names it. */
export function actorOf(principal: Principal): string {
  return principal.via.kind === 'api-key' ? `api-key:${principal.via.id}` : `user:${principal.userId}`;
}
