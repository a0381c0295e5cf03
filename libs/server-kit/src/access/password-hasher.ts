import { hash, verify } from '@node-rs/argon2';
import { tooMany } from '../problem/problem-error.js';

/** Argon2id with 19 MiB, 2 passes, 1 lane: the recommendation for servers that sign people in. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
/** Each hash holds 19 MiB and a core for about 40 ms; more at once would starve what the server is for. */
const AT_ONCE = 2;
const MOST_WAITING = 50;
/** A hash of nothing anybody knows: checking against it takes as long as against a real one. */
const NOBODY =
  '$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5LXdpbGwtbWF0Y2g$Yb1mX2g6o7mJw3bCw0VbV7V6o0c1m8pQy2mXn5t3f0E';

/** Hashes and checks passwords, few at a time; beyond a short queue it answers 429. */
export class PasswordHasher {
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  hash(password: string): Promise<string> {
    return this.inTurn(() => hash(password, COST));
  }

  /** Whether the password fits. `undefined` for a person that does not exist: no, after the same time. */
  matches(storedHash: string | undefined, password: string): Promise<boolean> {
    return this.inTurn(async () => {
      const fits = await verify(storedHash ?? NOBODY, password);
      return storedHash !== undefined && fits;
    });
  }

  private async inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.running >= AT_ONCE) {
      if (this.waiting.length >= MOST_WAITING)
        throw tooMany('Too many people are signing in. Try again soon.', 2);
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    } else {
      this.running += 1;
    }
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.running -= 1;
    }
  }
}
