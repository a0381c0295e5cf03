import type { FastifyInstance } from 'fastify';
import type { OperationRecord } from './operation.js';

/** One route as the server knows it. `operation` is missing where a route declares nothing (and so is refused). */
export interface RegisteredRoute {
  readonly method: string;
  /** With `:name` for parameters. */
  readonly url: string;
  readonly operation: OperationRecord | undefined;
}

/** All routes of the server, as they are registered: the OpenAPI document is made from this list. */
export class RouteTable {
  private readonly known: RegisteredRoute[] = [];

  get routes(): readonly RegisteredRoute[] {
    return this.known;
  }

  /** Call before the first route is registered. */
  follow(server: FastifyInstance): void {
    server.addHook('onRoute', (route) => {
      const methods = typeof route.method === 'string' ? [route.method] : route.method;
      for (const method of methods) {
        this.known.push({ method, url: route.url, operation: route.config?.operation });
      }
    });
  }
}
