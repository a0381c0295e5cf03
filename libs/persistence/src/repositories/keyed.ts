import type { EntityManager } from 'typeorm';

/** Either the key that was asked for, or a base that gets a number where it is taken. */
export type WantedKey = { readonly exact: string } | { readonly base: string };

/** Tables whose rows have a key, unique in the project. */
type KeyedTable = 'workflow' | 'endpoint' | 'connection' | 'variable';

/**
 * Inserts under a key nobody else has. Races are settled by the unique index, without breaking the transaction.
 *
 * @param insert tries one key with `on conflict do nothing` and answers the new row, or `undefined` if it is taken
 * @returns `undefined` if an exact key is taken
 */
export async function insertUnderKey<Row>(
  manager: EntityManager,
  at: { readonly table: KeyedTable; readonly projectId: string; readonly wanted: WantedKey },
  insert: (key: string) => Promise<Row | undefined>,
): Promise<Row | undefined> {
  if ('exact' in at.wanted) return insert(at.wanted.exact);
  for (;;) {
    const row = await insert(await freeKey(manager, at.table, at.projectId, at.wanted.base));
    if (row !== undefined) return row;
  }
}

async function freeKey(
  manager: EntityManager,
  table: KeyedTable,
  projectId: string,
  base: string,
): Promise<string> {
  const rows = await manager.query<{ key: string }[]>(
    `select key from ${table} where project_id = $1 and (key = $2 or key like $2 || '-%')`,
    [projectId, base],
  );
  const taken = new Set(rows.map((row) => row.key));
  if (!taken.has(base)) return base;
  let number = 2;
  while (taken.has(`${base}-${number}`)) number += 1;
  return `${base}-${number}`;
}
