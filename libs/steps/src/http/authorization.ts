import {
  ConfigurationError,
  type AccessTokens,
  type HttpClient,
  type HttpRequest,
  type OpenConnection,
} from '@hookloom/step-kit';
import { CONNECTION_TYPES } from '@hookloom/contracts';
import { secretsIn } from '../exchange.js';

const OAUTH2 = 'http.oauth2';
/** Connections that log in to any HTTP API. */
export const LOGIN_TYPES = ['http.basic', 'http.bearer', 'http.header', OAUTH2] as const;

/** The header that a connection adds, and all texts that give it away. */
export interface Authorization {
  /** None where a token has to be asked for first: see `withToken`. */
  readonly header?: readonly [name: string, value: string];
  readonly secrets: readonly string[];
}

/** Makes the login header of an http connection. @throws ConfigurationError for a connection of another type */
export function authorizationOf(connection: OpenConnection): Authorization {
  const secrets = secretsIn(connection);
  switch (connection.type) {
    case 'http.basic': {
      const { user, password } = CONNECTION_TYPES['http.basic'].parse(connection.data);
      const login = Buffer.from(`${user}:${password}`, 'utf8').toString('base64');
      return { header: ['authorization', `Basic ${login}`], secrets: [...secrets, login] };
    }
    case 'http.bearer': {
      const { token } = CONNECTION_TYPES['http.bearer'].parse(connection.data);
      return { header: ['authorization', `Bearer ${token}`], secrets };
    }
    case 'http.header': {
      const { name, value } = CONNECTION_TYPES['http.header'].parse(connection.data);
      return { header: [name.toLowerCase(), value], secrets };
    }
    case OAUTH2:
      return { secrets };
    default:
      throw new ConfigurationError(
        `The connection “${connection.key}” is of the type ${connection.type}. Choose one of ${LOGIN_TYPES.join(', ')}.`,
        { code: 'wrong_connection' },
      );
  }
}

/**
 * Sends the token of an `http.oauth2` connection along; with any other connection, or none, the client stays as it is.
 * Where the service refuses a token it is asked once more with a new one: the kept one may have been revoked.
 */
export function withToken(
  http: HttpClient,
  connection: OpenConnection | undefined,
  tokens: AccessTokens,
): HttpClient {
  if (connection?.type !== OAUTH2) return http;
  return {
    async send(request) {
      const kept = await tokens.get(connection, request.signal);
      const response = await http.send(bearing(request, kept));
      if (response.status !== 401) return response;
      tokens.drop(connection, kept);
      return http.send(bearing(request, await tokens.get(connection, request.signal)));
    },
  };
}

function bearing(request: HttpRequest, token: string): HttpRequest {
  const headers = { ...request.headers, authorization: `Bearer ${token}` };
  return { ...request, headers, secretHeaders: [...(request.secretHeaders ?? []), 'authorization'] };
}
