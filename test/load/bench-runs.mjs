/**
 * npm run bench:runs: opens the list of runs with 1,000,000 of them stored. Prints medians of five, milliseconds.
 * --runs N for another number.
 */
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { median } from './processes.mjs';
import { startProduct } from './product.mjs';

const { values: flags } = parseArgs({ options: { runs: { type: 'string', default: '1000000' } } });
const RUNS = Number(flags.runs);
const ROUNDS = 5;

const { call, database, stop } = await startProduct('runs');
try {
  const often = await aWorkflow('Often');
  const rare = await aWorkflow('Rare');
  await fill(often, rare);
  await measure(rare);
} finally {
  await stop();
}

async function aWorkflow(name) {
  const steps = [{ id: 'start', type: 'trigger.manual', config: {} }];
  return (await call('POST', 'workflows', { name, definition: { format: 1, steps, edges: [] } })).id;
}

/** One in a hundred failed, for three causes; one in ten thousand is of the rare workflow. */
async function fill(often, rare) {
  const { rows } = await database.query('select id from project limit 1');
  await database.query(
    `insert into run (id, project_id, workflow_id, version, kind, trigger_step, has_input, status, error, created_at,
       started_at, finished_at, fence, journal_rows)
     select (lpad(to_hex(at_ms), 12, '0') || '7' || substr(hash, 1, 3) || '8' || substr(hash, 4, 15))::uuid, $2,
       case when i % 10000 = 3 then $4::uuid else $3::uuid end, 1, 'manual', 'start', false,
       case when i % 100 = 7 then 'failed' else 'succeeded' end,
       case when i % 100 = 7 then json_build_object('code', 'http_status', 'status', 400 + (i / 100) % 3, 'stepId', 'notify',
         'message', 'shop.example.com answered ' || 400 + (i / 100) % 3 || ' for order ' || i)::text end,
       at, at, at + interval '120 milliseconds', 1, 0
     from (
       select i, md5(i::text) as hash, at_ms, to_timestamp(at_ms / 1000.0) as at
       from (select i, (extract(epoch from now()) * 1000)::bigint - ($1 - i) * 3 as at_ms
               from generate_series(1, $1::bigint) i) as numbered
     ) as made`,
    [RUNS, rows[0].id, often, rare],
  );
  await database.query('vacuum analyze run');
}

async function measure(rare) {
  const { rows } = await database.query(`select id from run order by id limit 1`);
  print('', `${RUNS} runs`, `${cpus().length} cores, Node ${process.version}`);
  await time('newest 100', 'runs?limit=100');
  await time('failed', 'runs?limit=100&status=failed');
  await time('cancelled (none)', 'runs?limit=100&status=cancelled');
  await time('a rare workflow', `runs?limit=100&workflowId=${rare}`);
  await time('one by id', `runs/${rows[0].id}`);
  await time('how many', 'runs/count');
  await time('how many failed', 'runs/count?status=failed');
  await time('why they failed', 'runs/causes');
  await time('text in an error', `runs?limit=100&q=order ${RUNS - 93}`);
  await time('text nowhere', 'runs?limit=100&q=nothing holds this');
}

async function time(name, path) {
  const took = [];
  let answer;
  for (let round = 0; round < ROUNDS; round += 1) {
    const begun = performance.now();
    answer = await call('GET', path);
    took.push(performance.now() - begun);
  }
  const found = answer.items?.length ?? answer.count ?? 1;
  print(name, `${Math.round(median(took))} ms`, `${found} found`);
}

function print(name, value, detail) {
  process.stdout.write(`${name.padEnd(28)} ${value.padStart(12)}   ${detail}\n`);
}
