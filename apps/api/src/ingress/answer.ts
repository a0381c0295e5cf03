/** What goes back to the sender, ready to be written. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Status, headers and body that an endpoint or its sender's preset puts in place of the ordinary answer. */
export interface AnswerPreset {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Without it the ordinary body. */
  readonly body: string | undefined;
}

export const JSON_HEADERS = { 'content-type': 'application/json; charset=utf-8' } as const;
