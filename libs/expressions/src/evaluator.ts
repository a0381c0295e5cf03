/** JSON text, never parsed on its way through the worker. */
export type JsonText = string;

/** The body of an event as received (read by content type inside the child), a JSON value, or where to have it from. */
export type TriggerBody =
  | {
      readonly kind: 'raw';
      readonly bytes: Uint8Array;
      readonly contentType: string | undefined;
      /** The content encoding that the bytes still have. */
      readonly contentEncoding?: string | undefined;
      readonly eventId: string;
    }
  | { readonly kind: 'json'; readonly json: JsonText }
  /** Large; fetched only where an expression may read it. */
  | { readonly kind: 'later'; readonly load: () => Promise<TriggerBody> };

/** A value of the scope: JSON text, or a reference to another value of the same scope. */
export type ScopeValue =
  | { readonly kind: 'json'; readonly json: JsonText }
  /** All of `trigger`, its body included. */
  | { readonly kind: 'trigger' }
  | { readonly kind: 'step'; readonly stepId: string }
  /** An object of outputs by step id. */
  | { readonly kind: 'steps'; readonly stepIds: readonly string[] }
  /** Kept elsewhere because of its size; fetched only where an expression may read it. */
  | { readonly kind: 'later'; readonly load: () => Promise<JsonText> }
  | { readonly kind: 'nothing' };

/** What an expression sees; parts that it does not name need not be given. */
export interface EvaluationScope {
  /** `trigger` without its body: a JSON object's text. */
  readonly trigger: JsonText;
  readonly body: TriggerBody;
  /**
   * Outputs by step id. A step that passes its input on refers to the value it passes, so that nothing is
   * copied; references never form a circle.
   */
  readonly steps: ReadonlyMap<string, ScopeValue>;
  /** `input`. */
  readonly input: ScopeValue;
  readonly vars: JsonText;
  readonly run: JsonText;
  readonly item?: JsonText;
  readonly index?: number;
}

/**
 * One expression: `value` gives its JSON, `condition` gives `true` or `false` as JSONata's `$boolean` does. `list`
 * gives a list whatever the value is (no list is a list of one, nothing an empty one), up to LIMITS.loopBytes, as
 * `[`, the items' JSON with a comma and a line break between them, `]`. `code` is the body of a JavaScript function
 * and gives what that returns.
 */
export interface Expression {
  readonly source: string;
  readonly as: 'value' | 'condition' | 'list' | 'code';
}

export interface EvaluationRequest {
  readonly expressions: readonly Expression[];
  readonly scope: EvaluationScope;
  /** Wall clock for each expression; the default is LIMITS.expressionMs, for code LIMITS.codeMs. */
  readonly timeoutMs?: number;
  /** A shorter wall clock than the default for each expression; waiting for its turn does not count. */
  readonly limitMs?: number;
}

/**
 * `code`: `syntax`, `failed`, `timeout`, `too_large`, `crashed`, `unreadable_body`. `position`: character in the
 * source. `reason`: JSONata's own code, such as `T2001`.
 */
export interface EvaluationError {
  readonly code: string;
  readonly message: string;
  readonly position?: number;
  readonly reason?: string;
}

/** What came of one expression. `logs`: what code, and only code, wrote to its console, also before it failed. */
export type EvaluationOutcome =
  | { readonly ok: true; readonly json: JsonText; readonly logs?: readonly string[] }
  | { readonly ok: false; readonly error: EvaluationError; readonly logs?: readonly string[] };

/** Runs expressions out of process: none can hurt the caller or another expression. */
export interface Evaluator {
  /** One outcome an expression, in order. Never rejects but when closed. */
  evaluate(request: EvaluationRequest): Promise<readonly EvaluationOutcome[]>;
  close(): Promise<void>;
}
