import { LIMITS, type ListPart } from '@hookloom/contracts';
import { PART_BYTES, packList } from './list-parts.js';

/** What the rounds of one loop gave, in the order of its items; all but the latest is stored aside. */
export class RoundResults {
  /** By index: rounds may end in any order. JSON texts. */
  private readonly kept = new Map<number, string>();
  private readonly stored: ListPart[] = [];
  private storedBytes = 0;
  private keptBytes = 0;
  /** Index of the first value that is not stored. */
  private next = 0;

  add(index: number, json: string): void {
    this.kept.set(index, json);
    this.keptBytes += json.length;
  }

  /** Whether it grew over what a loop may give. */
  get isTooLarge(): boolean {
    return this.storedBytes + this.keptBytes > LIMITS.loopBytes;
  }

  get parts(): readonly ListPart[] {
    return this.stored;
  }

  /** All values, where none was stored and they fit into the journal: a packed list. */
  get short(): string | undefined {
    if (this.stored.length > 0 || this.keptBytes > LIMITS.inlineBytes) return undefined;
    return packList(this.inOrder());
  }

  /** What is due to be stored: `rest` is all that is left, else a full part or nothing. */
  due(which: 'part' | 'rest'): { readonly from: number; readonly values: readonly string[] } | undefined {
    if (this.kept.size === 0 || (which === 'part' && this.keptBytes < PART_BYTES)) return undefined;
    const values = this.inOrder();
    const bytes = values.reduce((sum, value) => sum + value.length, 0);
    return values.length === 0 || (which === 'part' && bytes < PART_BYTES)
      ? undefined
      : { from: this.next, values };
  }

  /** These values are stored now, or were when the run went on. */
  noteStored(part: ListPart): void {
    this.stored.push(part);
    this.storedBytes += part.bytes;
    for (let index = part.from; index < part.from + part.count; index += 1) {
      this.keptBytes -= this.kept.get(index)?.length ?? 0;
      this.kept.delete(index);
    }
    this.next = part.from + part.count;
  }

  /** From the first that is not stored up to the first that is missing. */
  private inOrder(): string[] {
    const values: string[] = [];
    for (let value = this.kept.get(this.next); value !== undefined;) {
      values.push(value);
      value = this.kept.get(this.next + values.length);
    }
    return values;
  }
}
