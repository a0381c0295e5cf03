import { CONNECTION_TYPES } from '@hookloom/contracts';
import {
  ConfigurationError,
  createRedactor,
  isWorthRepeating,
  parseRetryAfter,
  RetryableError,
  type HttpClient,
  type HttpResponse,
  type StepError,
} from '@hookloom/step-kit';
import { z } from 'zod';

const OAuth2 = CONNECTION_TYPES['http.oauth2'];
/** How an `http.oauth2` connection asks for its tokens. */
export type OAuth2Client = z.infer<typeof OAuth2>;

/** A token that was just given. */
export interface GrantedToken {
  readonly token: string;
  /** As the provider says; `undefined`: it says nothing. */
  readonly lifeSeconds: number | undefined;
}

const MAX_ANSWER_BYTES = 256 * 1024;
const MAX_TOLD = 300;

/** RFC 6749, 5.1; `expires_in` comes as a text from some. */
const Granted = z.object({
  access_token: z.string().regex(/^[\x21-\x7e]{1,16384}$/),
  expires_in: z.coerce.number().positive().optional().catch(undefined),
});
/** RFC 6749, 5.2. */
const Refused = z.object({ error: z.string(), error_description: z.string().optional() });

const HINTS: Readonly<Record<string, string>> = {
  invalid_client:
    'Check the client id and secret of the connection, and whether the provider wants them in the header or in the body.',
  invalid_scope: 'Check the scope of the connection.',
  unauthorized_client: 'Allow the client credentials grant for this app at the provider.',
  unsupported_grant_type: 'Allow the client credentials grant for this app at the provider.',
};
const HINT = 'Check what the connection says against the provider’s documentation.';

/** @throws ConfigurationError for data that is not complete */
export function toOAuth2Client(data: unknown): OAuth2Client {
  const read = OAuth2.safeParse(data);
  if (read.success) return read.data;
  throw new ConfigurationError('What is stored of this connection is not complete. Enter it again.', {
    code: 'wrong_connection',
  });
}

/**
 * Asks for a token by the client credentials grant (RFC 6749, 4.4).
 *
 * @throws RetryableError while the provider is away; ConfigurationError with its answer where it refuses
 */
export async function requestToken(
  http: HttpClient,
  client: OAuth2Client,
  signal: AbortSignal,
): Promise<GrantedToken> {
  const response = await http.send({
    method: 'POST',
    url: client.tokenUrl,
    ...formOf(client),
    secretHeaders: ['authorization'],
    maxResponseBytes: MAX_ANSWER_BYTES,
    signal,
  });
  const answer = parseJson(response.body);
  const granted = response.status < 300 ? Granted.safeParse(answer).data : undefined;
  if (granted) return { token: granted.access_token, lifeSeconds: granted.expires_in };
  throw refusal(client, response, answer);
}

function formOf(client: OAuth2Client): { headers: Record<string, string>; body: string } {
  const { clientId, clientSecret, scope, audience, authentication } = client;
  const form = new URLSearchParams({ grant_type: 'client_credentials' });
  if (scope !== undefined) form.set('scope', scope);
  if (audience !== undefined) form.set('audience', audience);
  if (authentication === 'body') {
    form.set('client_id', clientId);
    form.set('client_secret', clientSecret);
  }
  const login =
    authentication === 'header' ? { authorization: `Basic ${basic(clientId, clientSecret)}` } : {};
  const types = { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' };
  return { headers: { ...types, ...login }, body: form.toString() };
}

/** RFC 6749, 2.3.1: both are form-encoded before they are joined. */
function basic(clientId: string, clientSecret: string): string {
  const encoded = [clientId, clientSecret].map((text) =>
    new URLSearchParams({ '': text }).toString().slice(1),
  );
  return Buffer.from(encoded.join(':')).toString('base64');
}

function refusal(
  { tokenUrl, clientSecret }: OAuth2Client,
  response: HttpResponse,
  answer: unknown,
): StepError {
  const { status } = response;
  const { host } = new URL(tokenUrl);
  const said = Refused.safeParse(answer).data;
  const words = said
    ? [said.error, said.error_description].filter(Boolean).join(': ')
    : 'nothing that says why';
  const told = createRedactor([clientSecret]).text(words).slice(0, MAX_TOLD);
  if (isWorthRepeating(status)) {
    const retryAfterMs = parseRetryAfter(response.headers['retry-after'], Date.now());
    return new RetryableError(`${host} gave no token: it answered ${status} (${told}). It may work later.`, {
      code: 'token_unavailable',
      status,
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    });
  }
  if (status < 300) {
    return new ConfigurationError(
      `${host} answered ${status}, but without an access_token. Check the token URL of the connection.`,
      { code: 'token_refused', status },
    );
  }
  const hint = HINTS[said?.error ?? ''] ?? HINT;
  return new ConfigurationError(`${host} refused to give a token: it answered ${status} (${told}). ${hint}`, {
    code: 'token_refused',
    status,
  });
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    return undefined;
  }
}
