import pg from 'pg';

/** Separate pools, so that slow pages and floods of refused requests never take a connection from the accept path. */
export interface Pools {
  /** The accept statements only. */
  readonly accept: pg.Pool;
  /** Beside the accept path: refused requests, endpoint look-ups, the clock, the backlog's estimate. */
  readonly aside: pg.Pool;
  /** Claims, journals and ends of runs. */
  readonly worker: pg.Pool;
  /** Maintenance and commands, with the planner's ordinary choices. */
  readonly ui: pg.Pool;
  close(): Promise<void>;
}

export interface PoolsSettings {
  /** Told about errors of idle connections; without a listener one terminated backend ends the process. */
  readonly onError?: (error: Error) => void;
}

/**
 * A plan cached while a table was empty scans the whole queue for ever after, and scans of any kind read all
 * ready rows to give back a hundred: hot statements are planned anew each time and walk indexes only.
 */
const HOT_SETTINGS = [
  'plan_cache_mode=force_custom_plan',
  'enable_seqscan=off',
  'enable_bitmapscan=off',
  'enable_hashjoin=off',
  'enable_mergejoin=off',
  'jit=off',
]
  .map((setting) => `-c ${setting}`)
  .join(' ');

/** Opens no connection yet: each pool connects when first used. */
export function createPools(url: string, settings: PoolsSettings = {}): Pools {
  const make = (name: string, config: pg.PoolConfig): pg.Pool => {
    const pool = new pg.Pool({ ...shared(url), application_name: `hookloom-${name}`, ...config });
    const onError = (error: Error): void => settings.onError?.(error);
    pool.on('error', onError);
    pool.on('connect', (client) => client.on('error', onError));
    return pool;
  };
  const accept = make('accept', { max: 4, options: HOT_SETTINGS, ...limits(2_500) });
  const aside = make('aside', { max: 3, ...limits(4_000) });
  const worker = make('worker', { max: 6, options: HOT_SETTINGS, ...limits(8_000) });
  const ui = make('ui', { max: 4, ...limits(15_000) });
  return {
    accept,
    aside,
    worker,
    ui,
    async close() {
      await Promise.all([accept, aside, worker, ui].map((pool) => pool.end()));
    },
  };
}

function shared(url: string): pg.PoolConfig {
  return {
    connectionString: url,
    connectionTimeoutMillis: 2_000,
    idleTimeoutMillis: 60_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
  };
}

/**
 * The server gives up first; where it is frozen or unreachable the client does, and the pool throws the
 * connection away (`pool.query` discards a connection after any error).
 */
function limits(statementMs: number): pg.PoolConfig {
  return {
    statement_timeout: statementMs,
    query_timeout: statementMs + 500,
    lock_timeout: Math.min(statementMs, 3_000),
    idle_in_transaction_session_timeout: 10_000,
  };
}
