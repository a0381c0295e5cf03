import { z } from 'zod';
import { EndpointView, type EndpointInput, type EndpointSecret } from './contracts.js';
import { get, post, put } from './http.js';

const EventSent = z.object({ eventId: z.uuid() });

const Snippets = z.object({
  curl: z.string(),
  node: z.string(),
  python: z.string(),
  secretVariable: z.string().optional(),
  unsigned: z.string().optional(),
});
/** Programs that send a sample event; the secret is never in them. */
export type Snippets = z.infer<typeof Snippets>;

const Proposal = z.object({
  sender: z.string(),
  name: z.string(),
  confidence: z.enum(['high', 'medium']),
  why: z.array(z.string()),
  check: z.string(),
  duplicateKey: z.array(z.string()),
  types: z.array(z.string()),
});
/** Who seems to send to an endpoint that names no sender. */
export type SenderProposal = z.infer<typeof Proposal>;
const Proposed = z.object({ proposal: Proposal.nullable() });

/** Settings of an endpoint that are changed; what is left out of `secret` stays as it is. */
export type EndpointChange = Partial<Omit<EndpointInput, 'key'>>;

/** Which event to send: a sample of the sender, with what was edited. A text is sent as it is. */
export interface EndpointTest {
  readonly sample?: string | undefined;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Also what was edited goes under an event id of its own, so that it is no duplicate when it is sent again. */
  readonly freshId?: true;
}

/** What is made anew; the old one works until the overlap ends. */
export interface EndpointRotation {
  readonly token?: true;
  readonly secret?: EndpointSecret;
  readonly overlapSeconds: number;
}

export const endpointSettingsApi = {
  /** In force in every process within a second. */
  change: (endpoint: EndpointView, change: EndpointChange) =>
    put(EndpointView, `/endpoints/${endpoint.id}`, { ...settingsOf(endpoint), ...change }),
  /** Sends a correctly signed event through the real path. */
  send: (id: string, test: EndpointTest) => post(EventSent, `/endpoints/${id}/test`, test),
  snippets: (id: string, test: EndpointTest) => post(Snippets, `/endpoints/${id}/snippets`, test),
  proposal: (id: string, signal?: AbortSignal) => get(Proposed, `/endpoints/${id}/proposal`, { signal }),
  rotate: (id: string, rotation: EndpointRotation) => post(EndpointView, `/endpoints/${id}/rotate`, rotation),
};

function settingsOf({
  id: _id,
  url: _url,
  token: _token,
  hasSecret: _hasSecret,
  createdAt: _createdAt,
  updatedAt: _updatedAt,
  ...settings
}: EndpointView): EndpointInput {
  return settings;
}
