/** Collects `and`ed conditions with their parameters, numbered as they come. */
export class Conditions {
  readonly values: unknown[] = [];
  private readonly texts: string[] = [];

  /** @param condition SQL in which each `?` stands for the value */
  add(condition: string, value: unknown): this {
    this.values.push(value);
    this.texts.push(condition.replaceAll('?', `$${this.values.length}`));
    return this;
  }

  /** Adds nothing for a value that was not given. */
  addIfGiven(condition: string, value: unknown): this {
    return value === undefined ? this : this.add(condition, value);
  }

  /** @param condition SQL whose parameters, if any, `parameter` gave */
  addSql(condition: string): this {
    this.texts.push(condition);
    return this;
  }

  /** Number of a parameter that is not part of a condition. */
  parameter(value: unknown): string {
    this.values.push(value);
    return `$${this.values.length}`;
  }

  get sql(): string {
    return this.texts.join(' and ');
  }
}

/** A text to be found anywhere, as `like` takes it: what people type has no wildcards. */
export function containing(text: string): string {
  return `%${text.replace(/[\\%_]/g, '\\$&')}%`;
}
