import { createRedactor, defineStep, Evaluated, output, type StepContext } from '@hookloom/step-kit';
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
  ].join('\n\n'),
  kind: 'send',
  icon: 'globe',
  repeat: (config) => (config.method === 'GET' || config.method === 'HEAD' ? 'safe' : 'keyed'),
  summary: '{method} {url}',
  synonyms: ['api', 'request', 'rest', 'fetch', 'curl', 'webhook', 'call'],
  handles: () => ['out'],
  connection: { types: ['http.basic', 'http.bearer', 'http.header'], required: false },
  config: HttpConfig,
  run: runHttp,
});

async function runHttp(context: StepContext<HttpConfig>) {
  const { request, secrets } = buildRequest(context);
  const redactor = createRedactor(secrets);
  const answer = context.config.pagination
    ? await fetchPages(context, request, redactor, context.config.pagination)
    : await call(context, request, redactor);
  const { status, headers } = answer.response;
  const json = `{"status":${status},"headers":${JSON.stringify(headers)},"body":${answer.bodyJson}}`;
  return output(Evaluated.of(json), { detail: answer.detail });
}
