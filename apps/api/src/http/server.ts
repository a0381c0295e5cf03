import { toProblem } from '@hookloom/server-kit';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { toAnswer } from '../ingress/to-answer.js';
import { answerClientError } from './client-error.js';
import { MAX_API_BODY_BYTES, acceptJsonOnly } from './json-body.js';
import { securityHeaders } from './security-headers.js';

/** Time to send the headers, and the whole request. Node's defaults (60 s, 300 s) let a few slow clients hold everything. */
const HEADERS_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 30_000;
const KEEP_ALIVE_MS = 72_000;
const MAX_CONNECTIONS = 10_000;
/** The address of a wait names its step with the rounds of all loops around it. */
const MAX_PARAM_LENGTH = 2_048;

/** Addresses whose `X-Forwarded-For` is believed: a proxy stands on the same machine or in a private network. */
const TRUSTED_PROXIES = ['loopback', 'linklocal', 'uniquelocal'];

/** The HTTP server with its limits (reliability rule 49), before any route. */
export function createServer(publicUrl: string): FastifyAdapter {
  const adapter = new FastifyAdapter({
    bodyLimit: MAX_API_BODY_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    keepAliveTimeout: KEEP_ALIVE_MS,
    http: { headersTimeout: HEADERS_TIMEOUT_MS, connectionsCheckingInterval: 5_000 },
    trustProxy: TRUSTED_PROXIES,
    clientErrorHandler: answerClientError,
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) =>
      isTriggerUrl(request.raw.url) ? answerUnknownTrigger(reply) : answerProblem(error, reply),
    routerOptions: { maxParamLength: MAX_PARAM_LENGTH },
  });
  const server = adapter.getInstance();
  server.server.maxConnections = MAX_CONNECTIONS;
  acceptJsonOnly(server);
  const headers = securityHeaders(publicUrl);
  server.addHook('onRequest', (request, reply, done) => {
    if (!isTriggerUrl(request.raw.url)) reply.headers(headers);
    done();
  });
  return adapter;
}

/** An address that cannot be decoded is no token of ours: the same answer as for any other that is none. */
function answerUnknownTrigger(reply: FastifyReply): void {
  const { status, headers, body } = toAnswer({ kind: 'unknown_endpoint' });
  reply.code(status).headers(headers).send(body);
}

function answerProblem(error: Error, reply: FastifyReply): void {
  const { problem } = toProblem(error);
  reply.code(problem.status).type('application/problem+json; charset=utf-8').send(JSON.stringify(problem));
}

/** Trigger URLs decide their own headers and are the hot path. */
export function isTriggerUrl(url: string | undefined): boolean {
  return url?.startsWith('/hooks/') === true;
}
