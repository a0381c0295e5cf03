import type { References } from '../source/references.js';

const MAX_KNOWN = 5_000;

/** What each source may read, as a child found out: nobody parses a person's expression in the parent. */
export class KnownReferences {
  private readonly known = new Map<string, References>();

  find(source: string): References | undefined {
    return this.known.get(source);
  }

  /** @param json what the child sent */
  learn(source: string, json: string): void {
    this.known.set(source, JSON.parse(json));
    const oldest = this.known.keys().next();
    if (this.known.size > MAX_KNOWN && !oldest.done) this.known.delete(oldest.value);
  }
}
