/** What one run of the load generator measured; times in milliseconds unless the name says otherwise. */
export interface LoadResult {
  readonly sent: number;
  readonly accepted: number;
  readonly refused: number;
  readonly seconds: number;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
}

export interface LoadOptions {
  readonly host: string;
  readonly port: number;
  readonly path: string;
  readonly secret: string;
  readonly connections: number;
  readonly seconds: number;
  /** Requests a second; as fast as answers come when left out. */
  readonly rate?: number;
  /** Requests in all. */
  readonly count?: number;
}

export function load(options: LoadOptions): Promise<LoadResult>;
