import type { Evaluated } from './evaluated.js';

/** One outgoing HTTP request; `url` is checked by the address guard before anything is sent. */
export interface HttpRequest {
  readonly method: string;
  readonly url: string;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string | Uint8Array;
  /** What people see with the attempt in place of the body, which holds files. */
  readonly bodyShown?: string;
  readonly followRedirects?: boolean;
  readonly signal: AbortSignal;
  /** Header names (lower case) that carry a secret and are dropped when a redirect leaves the host. */
  readonly secretHeaders?: readonly string[];
  readonly maxResponseBytes?: number;
}

export interface HttpResponse {
  readonly status: number;
  /** Names in lower case, repeats joined by `, `. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /** The address that answered, after redirects. */
  readonly url: string;
}

/** The only way of a step to the network. Throws RetryableError, PermanentError or ConfigurationError. */
export interface HttpClient {
  send(request: HttpRequest): Promise<HttpResponse>;
}

export interface SmtpServer {
  readonly host: string;
  readonly port: number;
  readonly secure: boolean;
  readonly user?: string | undefined;
  readonly password?: string | undefined;
}

export interface MailMessage {
  readonly from: string;
  readonly to: readonly string[];
  readonly cc?: readonly string[];
  readonly bcc?: readonly string[];
  readonly replyTo?: string;
  readonly subject: string;
  readonly text?: string;
  readonly html?: string;
  /** Stable over attempts, so that a mail sent twice is recognised. */
  readonly messageId: string;
  readonly attachments?: readonly {
    readonly filename: string;
    readonly contentType?: string;
    readonly content: Uint8Array;
  }[];
}

/** The only way of a step to a mail server. Throws the StepError family. */
export interface MailClient {
  send(
    server: SmtpServer,
    message: MailMessage,
    signal: AbortSignal,
  ): Promise<{ messageId: string; accepted: string[]; rejected: string[] }>;
  /** Connects and logs in, sends nothing. */
  check(server: SmtpServer, signal: AbortSignal): Promise<void>;
}

/** A stored account, opened for this step only. */
export interface OpenConnection {
  readonly key: string;
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Files that came with the run's event, as `{contentType, size, ref}` stands for them in what expressions see. */
export interface FileReader {
  /**
   * The bytes behind a `ref`, held in memory until the step is done.
   *
   * @throws ConfigurationError for a file that is not this run's; PermanentError where it is gone; RetryableError
   */
  read(ref: string): Promise<Uint8Array>;
}

/** Tokens of `http.oauth2` connections; kept in memory only. */
export interface AccessTokens {
  /** One that is good for a while yet. @throws RetryableError, ConfigurationError */
  get(connection: OpenConnection, signal: AbortSignal): Promise<string>;
  /** The called service refused this token: it is not given again. */
  drop(connection: OpenConnection, token: string): void;
}

/** Everything that a step's `run` may touch. */
export interface StepContext<Config> {
  /** Checked against the step type's schema, all `{{ }}` resolved. */
  readonly config: Config;
  /** Results of the fields that hold bare JSONata, by dot path (`condition`, `cases.0.condition`). */
  readonly evaluated: Readonly<Record<string, Evaluated>>;
  readonly connection?: OpenConnection | undefined;
  readonly http: HttpClient;
  readonly mail: MailClient;
  readonly files: FileReader;
  readonly tokens: AccessTokens;
  /** The same for all attempts and reclaims of this step in this run. */
  readonly idempotencyKey: string;
  /** From 1. */
  readonly attempt: number;
  /** Epoch milliseconds, database clock. */
  readonly now: number;
  /** Aborts when the step's time is up or its run is cancelled or lost. */
  readonly signal: AbortSignal;
  readonly run: { readonly id: string; readonly workflowKey: string; readonly workflowName: string };
}
