import { LIMITS } from '@hookloom/contracts';
import { kindOfType, parseContentType, readBody, type BodyKind } from '@hookloom/payload';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Filled } from '../pages/form-fields.js';
import { messagePage } from '../pages/page.js';
import { sendPage } from '../pages/send-page.js';
import { readDecision } from './decision.js';
import { questionPage } from './question-page.js';
import type { WaitsService, WaitState } from './waits.service.js';

/** What is read in this process; XML and multipart bodies are not. */
const READ_HERE: ReadonlySet<BodyKind> = new Set(['json', 'form', 'text']);

interface TokenRoute {
  Params: { readonly token: string };
}

const LOOK_AGAIN_SECONDS = 5;

const SAYS: Readonly<Record<Exclude<WaitState['kind'], 'open'>, readonly [number, string, string]>> = {
  early: [
    200,
    'This question is not open yet',
    'The run has not come to this question yet. This page looks again by itself.',
  ],
  used: [409, 'This question is already decided', 'It has been answered. Nothing more is needed.'],
  late: [410, 'Too late to decide', 'The time for an answer is over, so the run has gone on without one.'],
  over: [410, 'This decision is no longer needed', 'The run that asked for it is over.'],
  unknown: [
    404,
    'No question at this address',
    'Look whether the address was copied whole, or ask whoever sent it to you.',
  ],
};

/**
 * The addresses that end a wait: `POST /resume/{token}` for a call, `/approve/{token}` for a person. Not one byte of a
 * body is read for an address that this server has not signed.
 */
export function registerWaits(server: FastifyInstance, waits: WaitsService): void {
  void server.register((scope, _options, done) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(
      '*',
      { parseAs: 'buffer', bodyLimit: LIMITS.stepOutputBytes },
      (_request, body, then) => then(null, body),
    );
    scope.setErrorHandler<FastifyError>((error, _request, reply) => {
      if (error.statusCode !== 413) throw error;
      return problem(reply, 413, 'Body too large', `Send at most ${LIMITS.stepOutputBytes} bytes.`);
    });
    const open = (summary: string) => ({ operation: { access: 'public', summary, hidden: true } }) as const;
    scope.route<TokenRoute>({
      method: ['POST', 'PUT', 'PATCH'],
      url: '/resume/:token',
      config: open('Ends the wait of a step'),
      onRequest: (request, reply, done) => {
        if (waits.isSigned('webhook', request.params.token)) done();
        else void unknown(reply);
      },
      handler: (request, reply) => resume(waits, request, reply),
    });
    scope.get('/resume/:token', { config: open('Ends no wait') }, (_request, reply) => {
      void reply.header('allow', 'POST, PUT, PATCH');
      return problem(reply, 405, 'Method not enabled', 'Call this address with POST, PUT or PATCH.');
    });
    scope.get<TokenRoute>('/approve/:token', { config: open('Asks a person') }, async (request, reply) => {
      const state = await waits.look(request.params.token);
      return state.kind === 'open'
        ? sendPage(reply, 200, questionPage(state.question))
        : say(reply, state.kind);
    });
    scope.post<TokenRoute>(
      '/approve/:token',
      {
        config: open('Takes a person’s decision'),
        onRequest: (request, reply, done) => {
          if (waits.isSigned('approval', request.params.token)) done();
          else void say(reply, 'unknown');
        },
      },
      (request, reply) => decide(waits, request, reply),
    );
    done();
  });
}

async function resume(
  waits: WaitsService,
  request: FastifyRequest<TokenRoute>,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const contentType = request.headers['content-type'];
  const { essence } = parseContentType(contentType);
  const bytes = bytesOf(request.body);
  if (bytes.length > 0 && essence !== '' && !READ_HERE.has(kindOfType(essence))) {
    return problem(reply, 415, 'Not a readable body', 'Send JSON, a form or text.');
  }
  const reading =
    bytes.length === 0 ? { ok: true as const, value: null } : readBody({ bytes, contentType, ref: '' });
  if (!reading.ok) return problem(reply, 400, 'Unreadable body', reading.message);
  switch (await waits.resume(request.params.token, reading.value)) {
    case 'answered':
      return reply.code(200).send({ resumed: true });
    case 'used':
      return problem(reply, 409, 'Already used', 'This address works once, and it has been called.');
    case 'late':
      return problem(
        reply,
        410,
        'Too late',
        'The time of this wait was up, so the run has gone on without this call.',
      );
    case 'over':
      return problem(reply, 410, 'Run over', 'The run that waited for this call is over.');
    case 'unknown':
      return unknown(reply);
  }
}

function unknown(reply: FastifyReply): FastifyReply {
  return problem(reply, 404, 'Not found', 'Nothing waits at this address.');
}

async function decide(
  waits: WaitsService,
  request: FastifyRequest<TokenRoute>,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { token } = request.params;
  const state = await waits.look(token);
  if (state.kind !== 'open') return say(reply, state.kind);
  const form = new URLSearchParams(bytesOf(request.body).toString('utf8'));
  const read = readDecision(state.question, form, { decidedAt: new Date(), address: request.ip });
  if (!read.ok) {
    const filled: Filled = read;
    return sendPage(reply, 422, questionPage(state.question, filled));
  }
  const outcome = await waits.decide(token, read.decision);
  if (outcome !== 'answered') return say(reply, outcome);
  const title = read.decision.approved ? 'Approved' : 'Rejected';
  return sendPage(reply, 200, messagePage(title, `Thank you, ${read.decision.by}. You can close this page.`));
}

function say(reply: FastifyReply, kind: Exclude<WaitState['kind'], 'open'>): FastifyReply {
  const [status, title, message] = SAYS[kind];
  // As a header: a page in which no script may run does not heed the same as a tag.
  if (kind === 'early') void reply.header('refresh', String(LOOK_AGAIN_SECONDS));
  return sendPage(reply, status, messagePage(title, message));
}

function problem(reply: FastifyReply, status: number, title: string, detail: string): FastifyReply {
  return reply.code(status).type('application/problem+json; charset=utf-8').send({ title, status, detail });
}

function bytesOf(body: unknown): Buffer {
  return Buffer.isBuffer(body) ? body : Buffer.alloc(0);
}
