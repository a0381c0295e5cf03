import type { ConnectionType } from '@hookloom/contracts';
import type { z } from 'zod';
import type { StepContext } from './step-context.js';
import type { StepOutcome } from './step-outcome.js';

/**
 * What a repeat would do. `pure`: nothing outside, the same result. `safe`: reads only. `keyed`: the other
 * side recognises our idempotency key. `unsafe`: a second effect; a durable `started` entry comes first.
 */
export type RepeatClass = 'pure' | 'safe' | 'keyed' | 'unsafe';

/** Decides the spine colour and the group in the palette. */
export type StepKind = 'trigger' | 'logic' | 'data' | 'send' | 'wait' | 'code';

/**
 * Names the widget that draws a field, and marks a field as bare JSONata (`expression`, `condition`) or JavaScript
 * (`code`). `plain`: as it is written.
 */
export type FieldWidget =
  | 'expression'
  | 'condition'
  | 'code'
  | 'template'
  | 'url'
  | 'text'
  | 'select'
  | 'switch'
  | 'number'
  | 'connection'
  | 'key-values'
  | 'endpoint'
  | 'sender'
  | 'list'
  | 'plain'
  | 'json';

/** What a config field's `.meta()` may say: the form and the docs are drawn from it. */
export interface FieldMeta {
  readonly title: string;
  readonly description?: string;
  readonly widget: FieldWidget;
  /** `list`: the expression's value is taken as a list, whatever it is. */
  readonly result?: 'list';
  readonly placeholder?: string;
  /** `plain`: a text of several lines. */
  readonly multiline?: boolean;
  /** Shown under "More options". */
  readonly advanced?: boolean;
}

/** A method's type, so that a step type of any config fits into the registry. */
type RepeatOf<Config> = { of(config: Config): RepeatClass }['of'];

/** Declares a step type once: its schema feeds the check, the form, the docs and the runtime. */
export interface StepType<Config = unknown> {
  readonly type: string;
  readonly title: string;
  readonly description: string;
  readonly kind: StepKind;
  /** A lucide icon name. */
  readonly icon: string;
  readonly repeat: RepeatClass | RepeatOf<Config>;
  /** Markdown for the docs page: what `description` has no room for. */
  readonly docs?: string;
  readonly config: z.ZodType<Config>;
  /** Handles a step of this type can be left by, `error` aside. */
  readonly handles: (config: Readonly<Record<string, unknown>>) => readonly string[];
  /** The way on of a step that is disabled or whose error is gone on after; where left out, `out` or as the runner chooses. */
  readonly mainHandle?: string;
  /**
   * Where the config names handles of its own, as a dot path with `*` for every item (`cases.*.handle`). They come
   * before those of an empty config. Whoever draws the step reads this, since `handles` does not travel.
   */
  readonly handlesFrom?: string;
  /** Connection types that fit the config field `connection`. */
  readonly connection?: { readonly types: readonly ConnectionType[]; readonly required: boolean };
  /** One-line summary on the card; `{field}` stands for a config value. */
  readonly summary?: string;
  /** Other words a person may search by. */
  readonly synonyms?: readonly string[];
  readonly timeoutMs?: number;
  /** A run reads nothing of the config: it is for those who begin runs, and its expressions would mean nothing here. */
  readonly ignoresConfig?: boolean;
  run(context: StepContext<Config>): StepOutcome | Promise<StepOutcome>;
}

/** Keeps the config's type together while declaring a step type. */
export function defineStep<Config>(stepType: StepType<Config>): StepType<Config> {
  return stepType;
}

/** All step types by name, as the runner and the publish check see them. */
export type StepRegistry = ReadonlyMap<string, StepType>;
