import { LIMITS } from '@hookloom/contracts';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { MemoryRoom } from '../ingress/memory-room.js';
import { messagePage } from '../pages/page.js';
import { sendPage } from '../pages/send-page.js';
import { TOO_LARGE, type FormAnswer, type FormsService } from './forms.service.js';

interface TokenRoute {
  Params: { readonly token: string };
}

/** Bodies of all forms that are being sent, in one process. */
const ROOM_BYTES = 64 * 1024 * 1024;
/** Headers that are kept with the event. The rest says more about the person than a form asks for. */
const KEPT_HEADERS = ['accept-language', 'origin', 'user-agent'] as const;

/**
 * Adds `/forms/{token}`: the page and where it is sent to. Not one byte of a body is read for an address that is none,
 * or for which there is no room.
 */
export function registerForms(server: FastifyInstance, forms: FormsService): void {
  const room = new MemoryRoom(ROOM_BYTES);
  void server.register((scope, _options, done) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(
      '*',
      { parseAs: 'buffer', bodyLimit: LIMITS.maxBodyBytes },
      (_request, body, then) => then(null, body),
    );
    scope.setErrorHandler<FastifyError>((error, _request, reply) => {
      if (error.statusCode !== 413) throw error;
      return send(reply, TOO_LARGE);
    });
    const open = (summary: string) => ({ operation: { access: 'public', summary, hidden: true } }) as const;
    scope.get<TokenRoute>('/forms/:token', { config: open('Shows a form') }, async (request, reply) =>
      send(reply, await forms.show(request.params.token)),
    );
    scope.post<TokenRoute>(
      '/forms/:token',
      {
        config: open('Takes a form'),
        onRequest: (request, reply) => makeRoom(request, reply, { forms, room }),
      },
      async (request, reply) => send(reply, await take(request, forms)),
    );
    done();
  });
}

/** Answers early where the body need not be read; else takes room for it until the answer is sent. */
async function makeRoom(
  request: FastifyRequest<TokenRoute>,
  reply: FastifyReply,
  { forms, room }: { forms: FormsService; room: MemoryRoom },
): Promise<FastifyReply | undefined> {
  const { token } = request.params;
  const mostBytes = await forms.roomAt(token);
  if (mostBytes === undefined) return send(reply, await forms.show(token));
  const bytes = Number(request.headers['content-length'] ?? mostBytes);
  if (bytes > mostBytes) return send(reply, TOO_LARGE);
  if (!Number.isFinite(bytes) || !room.take(bytes)) {
    const text = 'Too many people are sending files at this moment. Go back and try again shortly.';
    return send(reply, {
      status: 503,
      html: messagePage('Nothing was sent: too many people at once', text),
      retryAfterSeconds: 5,
    });
  }
  reply.raw.once('close', () => room.give(bytes));
  return undefined;
}

function take(request: FastifyRequest<TokenRoute>, forms: FormsService): Promise<FormAnswer> {
  const { headers } = request;
  const kept = KEPT_HEADERS.flatMap((name) => {
    const value = headers[name];
    return typeof value === 'string' ? [[name, value]] : [];
  });
  return forms.take(request.params.token, {
    body: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
    contentType: headers['content-type'],
    headers: Object.fromEntries(kept),
  });
}

function send(reply: FastifyReply, { status, html, goesTo, retryAfterSeconds }: FormAnswer): FastifyReply {
  if (retryAfterSeconds !== undefined) void reply.header('retry-after', String(retryAfterSeconds));
  if (status === 303 && goesTo !== undefined) void reply.header('location', goesTo);
  return sendPage(reply, status, html, goesTo);
}
