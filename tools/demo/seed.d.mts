/** Ids of what was made. */
export interface Seeded {
  /** Live, with events, runs and a draft that differs. */
  readonly live: string;
  /** Its runs fail. */
  readonly failing: string;
  /** Started by a person, who is asked for fields. */
  readonly byHand: string;
  /** An endpoint that two workflows start from. */
  readonly endpoint: string;
  /** Looks at a list every five minutes. */
  readonly polling: string;
  /** A run with a loop, one round of which failed. */
  readonly looped: string;
  /** Addresses of pages for people without a login: a form, and an approval that a run waits for. */
  readonly form: string;
  readonly approval: string;
}

export function seed(
  api: (method: string, path: string, body?: unknown) => Promise<unknown>,
  where: { readonly base: string; readonly outside: string },
): Promise<Seeded>;
