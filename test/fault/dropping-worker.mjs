// A worker that deletes old days: killed in the middle of it by killed-while-dropping.int-spec.ts.
import { createPools, DatabaseClock, Retention } from '@hookloom/persistence';

const pools = createPools(process.argv[2]);
const clock = new DatabaseClock(pools.aside);
await clock.start();
await new Retention(pools, clock).takeTurn(1_000);
clock.stop();
await pools.close();
