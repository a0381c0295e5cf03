import { z } from 'zod';
import { ConnectionUser, ConnectionView, type ConnectionChange, type ConnectionInput } from './contracts.js';
import { get, patch, post, remove } from './http.js';
import { allPages, FULL_PAGE, pageOf } from './page.js';

const Connections = pageOf(ConnectionView);
const Users = pageOf(ConnectionUser);

/** One field of a connection's data, as its type declares it. */
const DataField = z.looseObject({
  type: z.string().optional(),
  title: z.string().optional(),
  description: z.string().optional(),
  secret: z.boolean().optional(),
  default: z.unknown().optional(),
  enum: z.array(z.string()).optional(),
  /** What people read for the values of `enum`. */
  labels: z.record(z.string(), z.string()).optional(),
});
export type DataField = z.infer<typeof DataField>;

const ConnectionType = z.object({
  type: z.string(),
  title: z.string(),
  description: z.string(),
  dataSchema: z.looseObject({
    properties: z.record(z.string(), DataField).default({}),
    required: z.array(z.string()).default([]),
  }),
});
/** What a connection can be for, with what must be known for it. */
export type ConnectionType = z.infer<typeof ConnectionType>;
const ConnectionTypes = pageOf(ConnectionType);
const Tested = z.object({ ok: z.boolean(), message: z.string() });
export type Tested = z.infer<typeof Tested>;

export const connectionsApi = {
  list: (signal?: AbortSignal) =>
    allPages((cursor) => get(Connections, '/connections', { query: { limit: FULL_PAGE, cursor }, signal })),
  types: (signal?: AbortSignal) => get(ConnectionTypes, '/connection-types', { signal }),
  create: (input: ConnectionInput) => post(ConnectionView, '/connections', input),
  /** Fields of `data` that are left out stay as stored. */
  change: (id: string, change: ConnectionChange) => patch(ConnectionView, `/connections/${id}`, change),
  test: (id: string) => post(Tested, `/connections/${id}/test`, {}),
  users: (id: string, signal?: AbortSignal) => get(Users, `/connections/${id}/workflows`, { signal }),
  /** Also where workflows use it: who calls this has told them. */
  delete: (id: string) => remove(`/connections/${id}?evenIfUsed=true`),
};
