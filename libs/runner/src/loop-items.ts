import type { ListPart } from '@hookloom/contracts';
import { unpackList } from './list-parts.js';

/** Parts held in memory: rounds that run side by side may stand on both sides of a border. */
const PARTS_IN_MEMORY = 2;

/** The items of one loop as JSON texts, loaded part by part. */
export class LoopItems {
  private readonly loaded = new Map<number, readonly string[]>();

  /** @param parts empty: `short` has all items */
  constructor(
    private readonly parts: readonly ListPart[],
    private readonly short: readonly string[],
    private readonly load: (ref: string) => Promise<string>,
  ) {}

  /** @returns JSON text; null for an index beyond the list */
  async at(index: number): Promise<string> {
    if (this.parts.length === 0) return this.short[index] ?? 'null';
    const part = this.parts.find(({ from, count }) => index >= from && index < from + count);
    if (!part) return 'null';
    const values = this.loaded.get(part.from) ?? (await this.loadPart(part));
    return values[index - part.from] ?? 'null';
  }

  private async loadPart(part: ListPart): Promise<readonly string[]> {
    const values = unpackList(await this.load(part.ref));
    this.loaded.set(part.from, values);
    const oldest = this.loaded.keys().next();
    if (this.loaded.size > PARTS_IN_MEMORY && !oldest.done) this.loaded.delete(oldest.value);
    return values;
  }
}
