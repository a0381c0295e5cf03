import { SessionView } from './contracts.js';
import { get, postOnly } from './http.js';

export interface Credentials {
  readonly email: string;
  readonly password: string;
}

export interface Setup extends Credentials {
  readonly name: string;
  readonly token: string;
}

export const sessionApi = {
  /** Answers 200 without a login too, so the first visit leaves no error in the console. */
  get: (signal?: AbortSignal) => get(SessionView, '/session', { signal }),
  setUp: ({ name, ...rest }: Setup) => postOnly('/setup', name === '' ? rest : { ...rest, name }),
  signIn: (credentials: Credentials) => postOnly('/auth/login', credentials),
  signOut: () => postOnly('/auth/logout'),
};
