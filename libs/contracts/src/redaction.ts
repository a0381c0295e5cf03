import { z } from 'zod';

/** What stands in the place of a value that a rule hides. */
export const REDACTED = '[redacted]';

const SEGMENT = /^(?:\*|`[^`]+`|[\p{L}\p{N}_$@#-]+)$/u;

/**
 * Which values are hidden: the name of a key, or several that follow one another, as JSONata writes a path. It fits at any
 * depth and in every item of a list; `$.` at its begin means the top only, `*` any one key. Upper and lower case are the
 * same.
 */
export const RedactionPattern = z
  .string()
  .trim()
  .min(1, 'Write the name of a key, such as password, or a path, such as card.number.')
  .max(200)
  .refine(
    (text) => segmentsOf(text).every((segment) => SEGMENT.test(segment)),
    'Use names with dots between them, such as card.number; names with other characters stand in `backquotes`.',
  )
  .refine((text) => segmentsOf(text).some((segment) => segment !== '*'), 'Name at least one key.');

/** Body of `POST /redaction-rules`. */
export const RedactionRuleInput = z.object({ pattern: RedactionPattern }).meta({ id: 'RedactionRuleInput' });
export type RedactionRuleInput = z.infer<typeof RedactionRuleInput>;

/** A rule that hides values from people. */
export const RedactionRuleView = z
  .object({ id: z.uuid(), pattern: z.string(), createdAt: z.iso.datetime(), createdBy: z.string() })
  .meta({ id: 'RedactionRule' });
export type RedactionRuleView = z.infer<typeof RedactionRuleView>;

/** A value as people may see it, and the patterns that hid a part of it. */
export interface Redaction {
  readonly value: unknown;
  readonly by: readonly string[];
}

interface Pattern {
  readonly text: string;
  readonly segments: readonly string[];
  readonly isFromTop: boolean;
}

/** JSON inside a text is looked into up to this length. */
const LOOKED_INTO = 256 * 1024;

/** Hides values by rules. */
export class Redactor {
  private readonly patterns: readonly Pattern[];

  /** @param patterns texts that `RedactionPattern` takes */
  constructor(patterns: readonly string[]) {
    this.patterns = patterns.map((text) => ({
      text,
      segments: segmentsOf(text).map((segment) => segment.replaceAll('`', '').toLowerCase()),
      isFromTop: text.startsWith('$.'),
    }));
  }

  get isEmpty(): boolean {
    return this.patterns.length === 0;
  }

  /** The value itself where nothing of it is hidden; else a copy. */
  redact(value: unknown): Redaction {
    if (this.isEmpty) return { value, by: [] };
    const by = new Set<string>();
    return { value: this.walk(value, [], by), by: [...by] };
  }

  /** The pattern that hides what is at this path, or something above it. */
  hides(path: readonly (string | number)[]): string | undefined {
    const keys = path.filter((part) => typeof part === 'string').map(toKey);
    return keys.map((_, at) => this.fitting(keys.slice(0, at + 1))).find((text) => text !== undefined);
  }

  private walk(value: unknown, path: readonly string[], by: Set<string>): unknown {
    if (typeof value === 'string') return this.withinText(value, path, by);
    if (Array.isArray(value)) return changed(value, (item) => this.walk(item, path, by));
    if (typeof value !== 'object' || value === null) return value;
    let isChanged = false;
    const entries = Object.entries(value).map(([key, inner]) => {
      const at = [...path, toKey(key)];
      const hiddenBy = this.fitting(at);
      if (hiddenBy !== undefined) by.add(hiddenBy);
      const seen = hiddenBy === undefined ? this.walk(inner, at, by) : REDACTED;
      isChanged ||= seen !== inner;
      return [key, seen] as const;
    });
    return isChanged ? Object.fromEntries(entries) : value;
  }

  /** The body of a request that a step sent is text that is JSON itself. */
  private withinText(text: string, path: readonly string[], by: Set<string>): string {
    if (text.length > LOOKED_INTO || !/^\s*[[{]/.test(text)) return text;
    const value = parsed(text);
    if (value === undefined) return text;
    const seen = this.walk(value, path, by);
    return seen === value ? text : JSON.stringify(seen);
  }

  private fitting(path: readonly string[]): string | undefined {
    return this.patterns.find(({ segments, isFromTop }) => {
      const start = path.length - segments.length;
      if (start < 0 || (isFromTop && start > 0)) return false;
      return segments.every((segment, at) => segment === '*' || segment === path[start + at]);
    })?.text;
  }
}

function changed(list: readonly unknown[], map: (item: unknown) => unknown): readonly unknown[] {
  const mapped = list.map(map);
  return mapped.some((item, at) => item !== list[at]) ? mapped : list;
}

/** Attributes of XML are keys with an `@`. */
function toKey(key: string): string {
  return key.replace(/^@/, '').toLowerCase();
}

function segmentsOf(pattern: string): string[] {
  return pattern.replace(/^\$\./, '').match(/`[^`]*`|[^.]+|(?<=\.)$|^(?=\.)|(?<=\.)(?=\.)/g) ?? [];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
