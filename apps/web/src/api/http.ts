import { Problem } from './contracts.js';
import type { z } from 'zod';
import { noteAnswer, noteSilence } from './connectivity.js';
import { ApiError, ConnectionError, ContractError } from './errors.js';

const BASE = '/api/v1';

/** What goes into a query string; `undefined` and empty texts are left out. */
export type Query = Readonly<Record<string, string | number | undefined>>;

export interface CallOptions {
  readonly query?: Query;
  readonly signal?: AbortSignal | undefined;
}

/**
 * One call whose answer is checked against the contract.
 *
 * @throws ApiError the server refused · ConnectionError nothing answered · ContractError the shape is not ours
 */
export async function get<T>(schema: z.ZodType<T>, path: string, options: CallOptions = {}): Promise<T> {
  const response = await send('GET', path, undefined, options);
  return parse(schema, path, await response.json());
}

/** Like `get`, with a JSON body. */
export async function post<T>(schema: z.ZodType<T>, path: string, body: unknown): Promise<T> {
  const response = await send('POST', path, body, {});
  return parse(schema, path, await response.json());
}

/** Like `post`, for what changes a part. */
export async function patch<T>(schema: z.ZodType<T>, path: string, body: unknown): Promise<T> {
  const response = await send('PATCH', path, body, {});
  return parse(schema, path, await response.json());
}

/** Like `post`, for what replaces something whole. */
export async function put<T>(schema: z.ZodType<T>, path: string, body: unknown): Promise<T> {
  const response = await send('PUT', path, body, {});
  return parse(schema, path, await response.json());
}

/** A call whose answer has no content that matters. */
export async function postOnly(path: string, body?: unknown): Promise<void> {
  await send('POST', path, body, {});
}

export async function remove(path: string): Promise<void> {
  await send('DELETE', path, undefined, {});
}

/** The bytes as they are, for what is no JSON of ours. Errors as in `get`. */
export async function getBytes(path: string, options: CallOptions = {}): Promise<Uint8Array> {
  const response = await send('GET', path, undefined, options);
  return new Uint8Array(await response.arrayBuffer());
}

/** The address of a call, for links and streams. */
export function urlOf(path: string, query: Query = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== '') search.set(name, String(value));
  }
  const text = search.toString();
  return text === '' ? BASE + path : `${BASE}${path}?${text}`;
}

async function send(method: string, path: string, body: unknown, options: CallOptions): Promise<Response> {
  const init: RequestInit = {
    method,
    headers: { accept: 'application/json' },
    signal: options.signal ?? null,
  };
  if (body !== undefined) {
    init.body = JSON.stringify(body);
    init.headers = { accept: 'application/json', 'content-type': 'application/json' };
  }
  const response = await fetch(urlOf(path, options.query), init).catch((cause: unknown) => {
    if (options.signal?.aborted === true) throw cause;
    noteSilence();
    throw new ConnectionError(cause);
  });
  const error = response.ok ? undefined : await toError(response);
  if (error instanceof ConnectionError) noteSilence();
  else noteAnswer();
  if (error) throw error;
  return response;
}

async function toError(response: Response): Promise<ApiError | ConnectionError> {
  const body: unknown = await response.json().catch(() => undefined);
  const problem = Problem.safeParse(body);
  if (problem.success) return new ApiError(problem.data);
  // A proxy in front of a server that is away answers these without problem details.
  if (response.status >= 502 && response.status <= 504) return new ConnectionError(response.statusText);
  return new ApiError({ title: response.statusText || `Answer ${response.status}`, status: response.status });
}

function parse<T>(schema: z.ZodType<T>, path: string, value: unknown): T {
  const result = schema.safeParse(value);
  if (!result.success) throw new ContractError(path, result.error);
  return result.data;
}

/** A filter without what was not chosen: in a page's address that is an empty text. */
export function withoutEmpty(filter: object): object {
  return Object.fromEntries(
    Object.entries(filter).filter(([, value]) => value !== undefined && value !== ''),
  );
}
