/** Nothing can be stored now: the database is away or overloaded. The sender should try again. */
export class StorageUnavailable extends Error {
  readonly code = 'storage_unavailable';
  constructor(message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'StorageUnavailable';
  }
}

/**
 * Whether Postgres refused the values themselves (classes 21 to 23): repeating the batch cannot help, and one
 * bad row must not take the others with it.
 */
export function isDataError(error: unknown): boolean {
  const code = sqlState(error);
  return code !== undefined && /^2[123]/.test(code);
}

/** Whether a statement ran into the time that its pool gives it. */
export function isOutOfTime(error: unknown): boolean {
  return sqlState(error) === '57014';
}

function sqlState(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' && error.code.length === 5 ? error.code : undefined;
}
