import type { ListPart } from '@hookloom/contracts';
import { unpackList } from './list-parts.js';

/** Parts held in memory: rounds that run side by side may stand on both sides of a border. */
const PARTS_IN_MEMORY = 2;

/** The items of one loop as JSON texts, loaded part by part. */
export class LoopItems {
  private readonly loaded = new Map<number, Promise<readonly string[]>>();

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
    const values = await (this.loaded.get(part.from) ?? this.loadOnce(part));
    return values[index - part.from] ?? 'null';
  }

  /** Many rounds that begin together ask for the same part. */
  private loadOnce(part: ListPart): Promise<readonly string[]> {
    const loading = this.load(part.ref).then(unpackList);
    this.loaded.set(part.from, loading);
    const oldest = this.loaded.keys().next();
    if (this.loaded.size > PARTS_IN_MEMORY && !oldest.done) this.loaded.delete(oldest.value);
    loading.catch(() => {
      if (this.loaded.get(part.from) === loading) this.loaded.delete(part.from);
    });
    return loading;
  }
}
