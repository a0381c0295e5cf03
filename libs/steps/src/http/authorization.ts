import { ConfigurationError, type OpenConnection } from '@hookloom/step-kit';
import { CONNECTION_TYPES } from '@hookloom/contracts';
import { secretsIn } from '../exchange.js';

/** The header that a connection adds, and all texts that give it away. */
export interface Authorization {
  readonly header: readonly [name: string, value: string];
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
    default:
      throw new ConfigurationError(
        `The connection “${connection.key}” is of the type ${connection.type}. Choose one of http.basic, http.bearer or http.header.`,
        { code: 'wrong_connection' },
      );
  }
}
