import { ConfigurationError } from './errors.js';
import { Evaluated } from './evaluated.js';
import type {
  AccessTokens,
  FileReader,
  HttpClient,
  HttpRequest,
  HttpResponse,
  MailClient,
  MailMessage,
  OpenConnection,
  SmtpServer,
} from './step-context.js';
import type { StepOutcome } from './step-outcome.js';
import type { StepType } from './step-type.js';

/** What a step is run with in a test; all but `config` may be left out. */
export interface StepRun {
  /** As the author wrote it with every `{{ }}` resolved. */
  readonly config: Readonly<Record<string, unknown>>;
  /** Results of the bare JSONata fields by dot path. */
  readonly evaluated?: Readonly<Record<string, unknown>>;
  readonly connection?: OpenConnection;
  readonly http?: HttpClient;
  readonly mail?: MailClient;
  readonly files?: FileReader;
  readonly tokens?: AccessTokens;
  readonly idempotencyKey?: string;
  readonly attempt?: number;
  readonly now?: number;
  readonly signal?: AbortSignal;
}

/** Runs one step as the runner would: config through the schema, then `run`. Throws what the step throws. */
export async function runStep<Config>(step: StepType<Config>, given: StepRun): Promise<StepOutcome> {
  const evaluated = Object.entries(given.evaluated ?? {}).map(([path, value]) => [
    path,
    value instanceof Evaluated ? value : Evaluated.of(JSON.stringify(value ?? null)),
  ]);
  return step.run({
    config: step.config.parse(given.config),
    evaluated: Object.fromEntries(evaluated),
    connection: given.connection,
    http: given.http ?? answerHttp(),
    mail: given.mail ?? recordMail(),
    files: given.files ?? keptFiles({}),
    tokens: given.tokens ?? giveTokens(),
    idempotencyKey: given.idempotencyKey ?? 'key-1',
    attempt: given.attempt ?? 1,
    now: given.now ?? 1_000_000,
    signal: given.signal ?? new AbortController().signal,
    run: { id: '01890000-0000-7000-8000-000000000000', workflowKey: 'orders', workflowName: 'Orders' },
  });
}

/** One prepared answer; an Error is thrown instead. */
export type HttpAnswer =
  Error | { readonly status?: number; readonly headers?: Record<string, string>; readonly body?: string };

/** An HTTP client that gives prepared answers in turn (the last one again and again) and keeps what was sent. */
export function answerHttp(...answers: HttpAnswer[]): HttpClient & { readonly sent: HttpRequest[] } {
  const sent: HttpRequest[] = [];
  return {
    sent,
    async send(request): Promise<HttpResponse> {
      sent.push(request);
      const answer = answers[Math.min(sent.length, answers.length) - 1] ?? {};
      if (answer instanceof Error) throw answer;
      const body = new TextEncoder().encode(answer.body ?? '');
      return { status: answer.status ?? 200, headers: answer.headers ?? {}, body, url: request.url };
    },
  };
}

/** A mail client that accepts everything and keeps what was sent. */
export function recordMail(): MailClient & { readonly sent: { server: SmtpServer; message: MailMessage }[] } {
  const sent: { server: SmtpServer; message: MailMessage }[] = [];
  return {
    sent,
    async send(server, message) {
      sent.push({ server, message });
      const accepted = [...message.to, ...(message.cc ?? []), ...(message.bcc ?? [])];
      return { messageId: message.messageId, accepted, rejected: [] };
    },
    async check() {},
  };
}

/** Files by their `ref`. */
export function keptFiles(files: Readonly<Record<string, string | Uint8Array>>): FileReader {
  return {
    async read(ref) {
      const content = files[ref];
      if (content === undefined) throw new ConfigurationError('This is no file that came with this run.');
      return typeof content === 'string' ? new TextEncoder().encode(content) : content;
    },
  };
}

/** Tokens in turn; the next one only when the one before was refused. */
export function giveTokens(...tokens: string[]): AccessTokens & { readonly dropped: string[] } {
  const dropped: string[] = [];
  return {
    dropped,
    get: async () => tokens[Math.min(dropped.length, tokens.length - 1)] ?? 'token',
    drop: (_connection, token) => void dropped.push(token),
  };
}
