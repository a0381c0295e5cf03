/** The embedded database cannot be used; the message says what happened, why, and what to do. */
export class EmbeddedPostgresError extends Error {
  readonly code: string = 'embedded_postgres';

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
  }
}

/** Another live process holds this data folder: two servers on the same files would destroy them. */
export class DataDirInUseError extends EmbeddedPostgresError {
  override readonly code = 'data_dir_in_use';
}

/** True for a system error with one of these codes (`ENOENT`, `EACCES`, …). */
export function hasCode(error: unknown, ...codes: readonly string[]): boolean {
  return (
    error instanceof Error && 'code' in error && typeof error.code === 'string' && codes.includes(error.code)
  );
}
