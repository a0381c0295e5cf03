import { z } from 'zod';
import { ANY_ITEM, PathPattern, RedactionPattern, type PathKey } from './redaction-pattern.js';

export { RedactionPattern };

/** What stands in the place of a value that a rule hides. */
export const REDACTED = '[redacted]';

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

/** JSON inside a text is looked into up to this length. */
const LOOKED_INTO = 256 * 1024;

/** Hides values by rules. */
export class Redactor {
  private readonly patterns: readonly PathPattern[];
  private readonly tellsItemsApart: boolean;

  /** @param patterns texts that `RedactionPattern` takes */
  constructor(patterns: readonly string[]) {
    this.patterns = patterns.map((text) => new PathPattern(text));
    this.tellsItemsApart = this.patterns.some(({ hasIndex }) => hasIndex);
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

  /** The pattern that hides what is at this path, or something above it. A key without a number may be any item. */
  hides(path: readonly (string | number)[]): string | undefined {
    const keys: PathKey[] = [];
    for (const part of path) {
      const above = keys.at(-1);
      if (typeof part === 'string') keys.push({ key: toKey(part), index: ANY_ITEM });
      else if (above?.index === ANY_ITEM) keys.splice(-1, 1, { ...above, index: part });
    }
    return keys.map((_, at) => this.fitting(keys.slice(0, at + 1))).find((text) => text !== undefined);
  }

  private walk(value: unknown, path: readonly PathKey[], by: Set<string>): unknown {
    if (typeof value === 'string') return this.withinText(value, path, by);
    if (Array.isArray(value)) return changed(value, (item, index) => this.walkItem(item, index, path, by));
    if (typeof value !== 'object' || value === null) return value;
    let isChanged = false;
    const entries = Object.entries(value).map(([key, inner]) => {
      const at = [...path, { key: toKey(key) }];
      const hiddenBy = this.fitting(at);
      if (hiddenBy !== undefined) by.add(hiddenBy);
      const seen = hiddenBy === undefined ? this.walk(inner, at, by) : REDACTED;
      isChanged ||= seen !== inner;
      return [key, seen] as const;
    });
    return isChanged ? Object.fromEntries(entries) : value;
  }

  /** Of lists in lists the outer one counts. */
  private walkItem(item: unknown, index: number, path: readonly PathKey[], by: Set<string>): unknown {
    const above = path.at(-1);
    if (!this.tellsItemsApart || !above || above.index !== undefined) return this.walk(item, path, by);
    const at = [...path.slice(0, -1), { ...above, index }];
    const hiddenBy = this.fitting(at);
    if (hiddenBy === undefined) return this.walk(item, at, by);
    by.add(hiddenBy);
    return REDACTED;
  }

  /** The body of a request that a step sent is text that is JSON itself. */
  private withinText(text: string, path: readonly PathKey[], by: Set<string>): string {
    if (text.length > LOOKED_INTO || !/^\s*[[{]/.test(text)) return text;
    const value = parsed(text);
    if (value === undefined) return text;
    const seen = this.walk(value, path, by);
    return seen === value ? text : JSON.stringify(seen);
  }

  private fitting(path: readonly PathKey[]): string | undefined {
    return this.patterns.find((pattern) => pattern.fits(path))?.text;
  }
}

function changed(
  list: readonly unknown[],
  map: (item: unknown, index: number) => unknown,
): readonly unknown[] {
  const mapped = list.map((item, index) => map(item, index));
  return mapped.some((item, at) => item !== list[at]) ? mapped : list;
}

/** Attributes of XML are keys with an `@`. */
function toKey(key: string): string {
  return key.replace(/^@/, '').toLowerCase();
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
