import { DataSource, type DataSourceOptions } from 'typeorm';
import { ENTITIES } from '../entities/index.js';
import { SnakeCaseNaming } from './naming.js';

export interface DataSourceSettings {
  /** Connections at most. */
  readonly max?: number;
  /** Told about errors of idle connections; without a listener one terminated backend ends the process. */
  readonly onError?: (error: Error) => void;
}

/** What a person waits for may take this long in the database, milliseconds. */
const STATEMENT_TIMEOUT_MS = 15_000;

/** Options shared by the application's data source and the migrator's. */
export function dataSourceOptions(url: string, settings: DataSourceSettings = {}): DataSourceOptions {
  return {
    type: 'postgres',
    url,
    entities: ENTITIES,
    synchronize: false,
    migrationsTableName: 'schema_migration',
    namingStrategy: new SnakeCaseNaming(),
    installExtensions: false,
    poolErrorHandler: (error: unknown) => settings.onError?.(toError(error)),
    extra: {
      max: settings.max ?? 8,
      application_name: 'hookloom-ui',
      keepAlive: true,
      connectionTimeoutMillis: 5_000,
      query_timeout: STATEMENT_TIMEOUT_MS + 5_000,
      statement_timeout: STATEMENT_TIMEOUT_MS,
      lock_timeout: 5_000,
      idle_in_transaction_session_timeout: 30_000,
    },
  };
}

/** The data source of ordinary repositories: what people look at and change. Call `initialize()` once. */
export function createDataSource(url: string, settings: DataSourceSettings = {}): DataSource {
  return new DataSource(dataSourceOptions(url, settings));
}

function toError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
