import { conflict, decideAccess, forbidden, unauthorized, type Principal } from '@hookloom/server-kit';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { OperationRecord } from '../http/operation.js';
import { isTriggerUrl } from '../http/server.js';
import { isForeignOrigin } from './origin.js';
import type { Principals } from './principals.service.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set once the route's access was decided; `undefined` on public routes. */
    principal: Principal | undefined;
  }
}

export interface AccessRules {
  readonly principals: Pick<Principals, 'find'>;
  readonly isSetupOpen: () => Promise<boolean>;
  readonly publicUrl: string;
}

/**
 * Decides every request before its body is read, by what its route declares. It stands in front of all routes
 * of the server, not only Nest's: one that declares nothing answers 403 to everybody.
 */
export function guardAllRoutes(server: FastifyInstance, rules: AccessRules): void {
  server.decorateRequest('principal', undefined);
  server.addHook('onRequest', (request, _reply, done) => {
    const operation = request.routeOptions.config.operation;
    const isOpen = operation?.access === 'public' && isTriggerUrl(request.raw.url);
    if (request.is404 || isOpen) done();
    else decide(request, operation, rules).then(() => done(), done);
  });
}

async function decide(
  request: FastifyRequest,
  operation: OperationRecord | undefined,
  rules: AccessRules,
): Promise<void> {
  const { origin, host } = request.headers;
  if (isForeignOrigin({ method: request.method, origin, host, publicUrl: rules.publicUrl })) {
    throw forbidden('This request comes from a page of another site.', 'foreign_origin');
  }
  if (operation?.onlyDuringSetup && !(await rules.isSetupOpen())) {
    throw conflict('already_set_up', 'This server has an owner already. Sign in instead.');
  }
  if (operation?.access === 'public') return;
  request.principal = await rules.principals.find(request.headers);
  const refusal = decideAccess(operation?.access, request.principal);
  if (refusal === 401) throw unauthorized('Sign in, or send an API key as Authorization: Bearer hl_…');
  if (refusal === 403) throw forbidden(`This needs the permission ${operation?.access ?? 'nobody has'}.`);
}

/** Who asks; only on routes that are not public. */
export const CurrentPrincipal = createParamDecorator((_: unknown, context: ExecutionContext): Principal => {
  const { principal } = context.switchToHttp().getRequest<FastifyRequest>();
  if (!principal) throw unauthorized('Sign in first.');
  return principal;
});
