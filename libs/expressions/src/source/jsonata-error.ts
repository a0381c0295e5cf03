/** What JSONata throws: not always an Error, with a code, a message and a place in the source. */
export interface JsonataError {
  /** `S…` syntax, `T…` type, `D…` evaluation; empty for an engine error such as a full stack. */
  readonly code: string;
  readonly message: string;
  /** Characters from the start of the source, from 0, as far as JSONata knows. */
  readonly position: number | undefined;
  /** The piece of source at fault. */
  readonly token: string | undefined;
}

/** Reads what was thrown. Never throws. */
export function toJsonataError(thrown: unknown): JsonataError {
  const fields = typeof thrown === 'object' && thrown !== null ? thrown : {};
  const get = (name: string): unknown => (name in fields ? Reflect.get(fields, name) : undefined);
  const code = get('code');
  const message = get('message');
  const position = get('position');
  const token = get('token');
  return {
    code: typeof code === 'string' ? code : '',
    message: typeof message === 'string' ? message : '',
    position: typeof position === 'number' ? position : undefined,
    token: typeof token === 'string' ? token : undefined,
  };
}
