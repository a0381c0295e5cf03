import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { createPools, DatabaseClock, Retention, type Pools } from '@hookloom/persistence';
import { startTestDatabase, type TestDatabase } from '@hookloom/testing/database';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

let database: TestDatabase;
let pools: Pools;
beforeAll(async () => {
  const compiler = at('../../node_modules/@typescript/native/bin/tsc');
  execFileSync(process.execPath, [compiler, '-b', at('../../libs/persistence')], { stdio: 'inherit' });
  database = await startTestDatabase();
  pools = createPools(database.url);
});
afterAll(async () => {
  await pools.close();
  await database.close();
});

/** A day that is past the rule, with an event that must stay and one that must go. */
const OLD_DAY = `
create table event_old (like event including defaults including constraints including indexes);
alter table event attach partition event_old
  for values from (id_at('2026-01-01Z')) to (id_at('2026-01-02Z'));
insert into event (id, project_id, endpoint_id, received_at, status, method, query, headers, body, body_bytes, sender,
  verification, answer_status, answer_ms)
select ids.id, p.id, new_id(), now(), 'captured', 'POST', '', '{}', '', 0, 'any', '{"status":"none"}', 200, 1
from project p, (select overlay(new_id()::text placing left(id_at('2026-01-01T12:00:00Z'::timestamptz
  + n * interval '1 second')::text, 13) from 1 for 13)::uuid as id from generate_series(1, 2) n) ids;
insert into kept (id, project_id, kind, kept_by) select min(id::text)::uuid, project_id, 'event', 'user:x' from event
  group by project_id;
`;
/** Taking a partition off takes long, so that the worker is in the middle of it when it is killed. */
const SLOWLY = `
create function take_long() returns event_trigger language plpgsql as $$ begin perform pg_sleep(2); end $$;
create event trigger slowly on ddl_command_end when tag in ('ALTER TABLE') execute function take_long();
`;
const AT_WORK = `
select 1 from pg_stat_activity where datname = current_database() and query like 'alter table%detach%' and state = 'active'`;
const ALIVE = `
select 1 from pg_stat_activity where datname = current_database() and query like 'alter table%detach%'`;

async function idsOf(sql: string): Promise<string[]> {
  return (await pools.ui.query(sql)).rows.map(({ id }) => id);
}

it('a worker that dies in the middle of a drop leaves all as it was, and the next one does it', async () => {
  await pools.ui.query(OLD_DAY.replaceAll('event_old', 'event_20260101'));
  const before = await idsOf('select id from event order by id');
  const kept = await idsOf('select id from kept');
  await pools.ui.query(SLOWLY);
  const child = spawn(process.execPath, [at('dropping-worker.mjs'), database.url], { stdio: 'inherit' });
  const ended = once(child, 'exit');
  const found = async (sql: string) => (await pools.aside.query(sql)).rowCount ?? 0;
  await vi.waitFor(async () => expect(await found(AT_WORK)).toBe(1), { timeout: 20_000, interval: 50 });
  child.kill('SIGKILL');
  await ended;
  await vi.waitFor(async () => expect(await found(ALIVE)).toBe(0), { timeout: 20_000, interval: 100 });
  expect(before).toHaveLength(2);
  expect(await idsOf('select id from event order by id')).toEqual(before);
  expect(await idsOf('select day as id from deletion')).toEqual([]);

  await pools.ui.query('drop event trigger slowly');
  const clock = new DatabaseClock(pools.aside);
  await clock.start();
  const turn = await new Retention(pools, clock).takeTurn(1_000);
  clock.stop();
  expect(turn.dropped).toEqual(['event_20260101']);
  expect(await idsOf('select id from event')).toEqual(kept);
});
