import { describe, expect, it } from 'vitest';
import { BatchWriter, type BatchLimits, type Pending } from './batch-writer.js';

const LIMITS: BatchLimits = { lanes: 2, rows: 3, bytes: 100, heldRows: 50, heldBytes: 1_000, holdMs: 5_000 };

/** A database that answers when told to. */
function aWriter(limits: Partial<BatchLimits> = {}) {
  const batches: { items: string[]; finish: (error?: Error) => void }[] = [];
  const writer = new BatchWriter<string, string>({ ...LIMITS, ...limits }, async (batch) => {
    await new Promise<void>((resolve, reject) => {
      const finish = (error?: Error) => (error ? reject(error) : resolve());
      batches.push({ items: batch.map(({ item }) => item), finish });
    });
    settle(batch);
  });
  return { writer, batches };
}

const settle = (batch: readonly Pending<string, string>[]) =>
  batch.forEach((one) => one.resolve(`${one.item}!`));
const sqlError = (code: string) => Object.assign(new Error(code), { code });

describe('BatchWriter', () => {
  it('writes what arrives together as one batch, and what arrives meanwhile as the next', async () => {
    const { writer, batches } = aWriter({ lanes: 1 });
    const first = [writer.add('a', 1), writer.add('b', 1)];
    await expect.poll(() => batches.length).toBe(1);
    const second = [writer.add('c', 1), writer.add('d', 1)];
    batches[0]!.finish();
    await Promise.all(first);
    await expect.poll(() => batches.length).toBe(2);
    batches[1]!.finish();
    expect(await Promise.all(second)).toEqual(['c!', 'd!']);
    expect(batches.map(({ items }) => items)).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ]);
  });

  it('bounds a batch by rows and by bytes, and lets a large item go alone', async () => {
    const { writer, batches } = aWriter({ lanes: 9 });
    const all = [40, 40, 40, 500, 1, 1, 1, 1].map((bytes, at) => writer.add(`${at}`, bytes));
    await expect.poll(() => batches.length).toBe(5);
    expect(batches.map(({ items }) => items.length)).toEqual([2, 1, 1, 3, 1]);
    batches.forEach((batch) => batch.finish());
    await Promise.all(all);
  });

  it('repeats the same batch after an outage', async () => {
    const { writer, batches } = aWriter();
    const result = writer.add('a', 1);
    await expect.poll(() => batches.length).toBe(1);
    batches[0]!.finish(sqlError('57P01'));
    await expect.poll(() => batches.length).toBe(2);
    batches[1]!.finish();
    expect(await result).toBe('a!');
  });

  it('finds the one item that the database refuses', async () => {
    const writer = new BatchWriter<string, string>(LIMITS, async (batch) => {
      if (batch.some(({ item }) => item === 'bad')) throw sqlError('22021');
      settle(batch);
    });
    const results = await Promise.allSettled([writer.add('a', 1), writer.add('bad', 1), writer.add('c', 1)]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });

  it('gives up in time while a statement hangs', async () => {
    const { writer } = aWriter({ holdMs: 60 });
    await expect(writer.add('a', 1)).rejects.toMatchObject({ code: 'storage_unavailable' });
  });

  it('refuses what would be too much to hold', async () => {
    const { writer, batches } = aWriter({ heldBytes: 10 });
    const held = writer.add('a', 8);
    await expect(writer.add('b', 8)).rejects.toMatchObject({ code: 'storage_unavailable' });
    await expect.poll(() => batches.length).toBe(1);
    batches[0]!.finish();
    await held;
  });

  it('is drained when everything has been answered', async () => {
    const { writer, batches } = aWriter();
    await writer.drain();
    const result = writer.add('a', 1);
    const order: string[] = [];
    const drained = writer.drain().then(() => order.push('drained'));
    await expect.poll(() => batches.length).toBe(1);
    void result.then(() => order.push('answered'));
    batches[0]!.finish();
    await drained;
    expect(order).toEqual(['answered', 'drained']);
  });
});
