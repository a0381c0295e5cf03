import type { SessionUser } from '@hookloom/contracts';
import { hashToken } from '@hookloom/persistence';
import { PasswordHasher, newToken, tooMany, unauthorized } from '@hookloom/server-kit';
import { Injectable } from '@nestjs/common';
import { AppParts } from '../app-parts.js';
import { SESSION_SECONDS } from '../access/session-cookie.js';

const WINDOW_SECONDS = 15 * 60;
/** Tries in a window: of one address at one account, of one address, at one account from everywhere. */
const TRIES = { pair: 10, address: 50, account: 100 } as const;

/** Signs people in, and slows down whoever guesses. */
@Injectable()
export class LoginService {
  constructor(
    private readonly parts: AppParts,
    private readonly passwords: PasswordHasher,
  ) {}

  /**
   * Checks a password. An unknown address takes as long and is answered the same as a wrong password.
   *
   * @throws ProblemError 401, or 429 after too many tries
   */
  async check(input: { email: string; password: string; address: string }): Promise<SessionUser> {
    const account = input.email.trim().toLowerCase();
    const pair = `pair:${hashToken(`${input.address} ${account}`).toString('hex')}`;
    await this.count(pair, TRIES.pair);
    await this.count(`address:${input.address}`, TRIES.address);
    await this.count(`account:${hashToken(account).toString('hex')}`, TRIES.account);
    const person = await this.parts.store.people.findMemberByEmail(account);
    if (!(await this.passwords.matches(person?.passwordHash, input.password)) || !person) {
      throw unauthorized('The e-mail address or the password is wrong.');
    }
    await this.parts.store.throttle.forget(pair);
    return { id: person.userId, email: person.email, name: person.name, role: person.role };
  }

  /** Opens a session and answers its token, which is stored hashed only. */
  async openSession(userId: string): Promise<string> {
    const token = newToken();
    await this.parts.store.sessions.create({ tokenHash: hashToken(token), userId, seconds: SESSION_SECONDS });
    return token;
  }

  private async count(key: string, most: number): Promise<void> {
    const state = await this.parts.store.throttle.count(key, WINDOW_SECONDS);
    if (state.attempts > most)
      throw tooMany('Too many tries to sign in. Wait a little.', state.resetsInSeconds);
  }
}
