import { METHODS, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Logger } from '@hookloom/server-kit';
import type { FastifyInstance } from 'fastify';
import type { Answer } from './answer.js';
import type { IngressService } from './ingress.service.js';
import { TRY_SOON } from './outcome.js';
import { toAnswer } from './to-answer.js';

/** How long the rest of an upload that was answered early is read and thrown away, so that the answer arrives. */
const LINGER_MS = 2_000;
const BODILESS = new Set([204, 205, 304]);

interface TriggerRoute {
  Params: { readonly '*': string };
}

/**
 * Adds `ANY /hooks/{token}`; what is no token is unknown like any other, however long or cut. The request is taken over before the framework looks at its body: it would refuse
 * content types and methods that the contract accepts, and what it does besides costs more than the rest.
 */
export function registerIngress(server: FastifyInstance, ingress: IngressService, logger: Logger): void {
  const methods = METHODS.filter((method) => method !== 'CONNECT');
  for (const method of methods) {
    if (!server.supportedMethods.includes(method)) server.addHttpMethod(method, { hasBody: true });
  }
  server.route<TriggerRoute>({
    method: methods,
    url: '/hooks/*',
    exposeHeadRoute: false,
    config: { operation: { access: 'public', summary: 'Receives an event', hidden: true } },
    onRequest: (request, reply) => {
      reply.hijack();
      void serve(ingress, logger, request.raw, reply.raw, request.params['*']);
    },
    handler: () => undefined,
  });
}

/** Answers one request, whatever happens: our own failure must not look like a success, nor like the sender's. */
async function serve(
  ingress: IngressService,
  logger: Logger,
  request: IncomingMessage,
  response: ServerResponse,
  token: string,
): Promise<void> {
  let answer: Answer | undefined;
  try {
    const outcome = await ingress.receive(request, token);
    answer = outcome && toAnswer(outcome);
  } catch (error) {
    logger.error({ err: error }, 'a trigger request failed unexpectedly');
    answer = toAnswer(TRY_SOON);
  }
  if (answer === undefined) response.destroy();
  else write(response, answer);
  if (!request.complete) linger(request);
}

function write(response: ServerResponse, { status, headers, body }: Answer): void {
  if (BODILESS.has(status)) {
    response.writeHead(status, headers).end();
    return;
  }
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) }).end(body);
}

/** Closing at once would reset the connection, and the sender would never read why it was refused. */
function linger(request: IncomingMessage): void {
  request.resume();
  setTimeout(() => {
    if (!request.complete) request.destroy();
  }, LINGER_MS).unref();
}
