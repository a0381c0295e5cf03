// A worker that is killed by SIGKILL at its n-th journal write: `before` its commit or `after` it. The real store,
// runner, steps and evaluator; started by killed-at-every-write.int-spec.ts. Prints how many writes it made.
import { createEgress, parseAllowedHosts } from '@hookloom/egress';
import { createEvaluatorPool } from '@hookloom/expressions';
import {
  createPools,
  DatabaseClock,
  PgConnectionSource,
  PgDefinitionSource,
  PgDestinations,
  PgEventBodySource,
  PgRunStore,
  PgVariableSource,
} from '@hookloom/persistence';
import { advance, CompiledWorkflows, RunFiles } from '@hookloom/runner';
import { builtInSteps } from '@hookloom/steps';

const [databaseUrl, killedAt, when] = process.argv.slice(2);
const pools = createPools(databaseUrl);
const clock = new DatabaseClock(pools.aside);
await clock.start();

let writes = 0;

class MortalStore extends PgRunStore {
  append(...given) {
    return this.mortally(() => super.append(...given));
  }

  release(...given) {
    return this.mortally(() => super.release(...given));
  }

  async mortally(write) {
    writes += 1;
    const isLast = writes === Number(killedAt);
    if (isLast && when === 'before') process.kill(process.pid, 'SIGKILL');
    const answer = await write();
    if (isLast) process.kill(process.pid, 'SIGKILL');
    return answer;
  }
}

// A short lease, so that the next worker need not wait long for what this one leaves behind.
const store = new MortalStore(pools, clock, { leaseMs: 1_500 });
const evaluator = createEvaluatorPool();
const egress = createEgress({ allowedHosts: parseAllowedHosts('127.0.0.0/8') });
const silent = { publish: () => undefined, answered: () => undefined, ring: () => undefined };
const deps = {
  store,
  workflows: new CompiledWorkflows(new PgDefinitionSource(pools.worker), builtInSteps),
  connections: new PgConnectionSource(pools.worker, undefined),
  variables: new PgVariableSource(pools.worker),
  evaluator,
  files: new RunFiles(new PgEventBodySource(pools.worker)),
  http: egress.http,
  tokens: egress.tokens,
  mail: egress.mail,
  destinations: new PgDestinations(pools.worker, clock, () => undefined),
  changes: silent,
  resumeUrl: () => '',
  now: () => Math.round(clock.now()),
  random: () => 0.5,
  reportFault: (error) => console.error(error),
};
const beat = setInterval(() => void store.heartbeat(), 400);
const never = new AbortController().signal;
const control = { lost: never, cancelled: never, draining: never, hurry: never };

for (let isOver = false; !isOver;) {
  const claimed = await store.claim(10);
  await Promise.all(claimed.map((run) => advance(deps, run, control)));
  const { rows } = await pools.ui.query('select count(*)::int as left from run_queue');
  isOver = rows[0].left === 0;
}
clearInterval(beat);
await Promise.all([store.close(), evaluator.close(), egress.close()]);
clock.stop();
await pools.close();
console.log(writes);
