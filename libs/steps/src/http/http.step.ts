import { createRedactor, defineStep, Evaluated, output, type StepContext } from '@hookloom/step-kit';
import { LOGIN_TYPES, withToken } from './authorization.js';
import { HttpConfig } from './http.config.js';
import { fetchPages } from './pages.js';
import { buildRequest } from './request.js';
import { call } from './call.js';

/** Calls any HTTP API. */
export const httpStep = defineStep<HttpConfig>({
  type: 'http',
  title: 'HTTP request',
  description: 'Calls a URL and gives its status, headers and body.',
  docs: [
    'An answer of 400 or more is an error unless it is listed in Accepted statuses.',
    '408, 425, 429, 500 and 502 to 504 are tried again, and Retry-After is honoured.',
    'GET and HEAD only read. Every other method carries an Idempotency-Key that stays the same for all attempts, so that the other side can recognise a repeat; set the header yourself to use another.',
    'Files: in a multipart body a field whose value is a file of the trigger (`{{ trigger.body.invoice }}`, a list of them, or `{filename, content}`) is sent as a file; the body type `file` sends one file alone, under its own content type. An answer that is neither JSON nor text, `{contentType, size, base64}`, can be sent on in the same ways. All files of a step together may have 16 MiB.',
    'With a connection of the type `http.oauth2` a token is asked for with the client’s id and secret and kept until shortly before it expires. Where the service answers 401 it is asked once more with a new token.',
  ].join('\n\n'),
  kind: 'send',
  icon: 'globe',
  repeat: (config) => (config.method === 'GET' || config.method === 'HEAD' ? 'safe' : 'keyed'),
  summary: '{method} {url}',
  synonyms: ['api', 'request', 'rest', 'fetch', 'curl', 'webhook', 'call'],
  handles: () => ['out'],
  connection: { types: LOGIN_TYPES, required: false },
  config: HttpConfig,
  run: runHttp,
});

async function runHttp(context: StepContext<HttpConfig>) {
  const { config, connection, tokens } = context;
  const { request, secrets } = await buildRequest(context);
  const redactor = createRedactor(secrets);
  const asked = { config, http: withToken(context.http, connection, tokens) };
  const answer = config.pagination
    ? await fetchPages(asked, request, redactor, config.pagination)
    : await call(asked, request, redactor);
  const { status, headers } = answer.response;
  const json = `{"status":${status},"headers":${JSON.stringify(headers)},"body":${answer.bodyJson}}`;
  return output(Evaluated.of(json), { detail: answer.detail });
}
