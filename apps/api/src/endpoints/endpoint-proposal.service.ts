import type { EventDetailRow } from '@hookloom/persistence';
import {
  compilePolicy,
  describeSender,
  inspect,
  recognise,
  type Recognition,
  type SignedRequest,
} from '@hookloom/senders';
import { notFound, type Principal } from '@hookloom/server-kit';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { AppParts } from '../app-parts.js';
import { headersOf } from '../events/event-view.js';

/** Who seems to send to an endpoint that names no sender, and what choosing it would bring. */
export const SenderProposal = z
  .object({
    sender: z.string(),
    name: z.string(),
    confidence: z.enum(['high', 'medium']),
    /** What in the requests speaks for it. */
    why: z.array(z.string()),
    /** How its requests would be checked, once a secret is stored. */
    check: z.string(),
    /** Where duplicates would be told by; empty: by nothing. */
    duplicateKey: z.array(z.string()),
    /** Event types of the newest events. */
    types: z.array(z.string()),
  })
  .meta({ id: 'SenderProposal' });
export type SenderProposal = z.infer<typeof SenderProposal>;

/** Answer of `GET /endpoints/{id}/proposal`. */
export const EndpointProposal = z
  .object({ proposal: SenderProposal.nullable() })
  .meta({ id: 'EndpointProposal' });
export type EndpointProposal = z.infer<typeof EndpointProposal>;

const Settings = z.object({ sender: z.string() });
/** The newest events that are looked at. */
const MOST_EVENTS = 10;

/** Looks at what an endpoint received, and says who sent it. Only when asked: never while a sender waits. */
@Injectable()
export class EndpointProposalService {
  constructor(private readonly parts: AppParts) {}

  /** None for an endpoint that has a sender, and where nothing speaks clearly for one. @throws ProblemError 404 */
  async propose({ projectId }: Principal, id: string): Promise<EndpointProposal> {
    const { store } = this.parts;
    const endpoint = await store.endpoints.find(projectId, id);
    if (!endpoint) throw notFound('endpoint');
    if (Settings.parse(JSON.parse(endpoint.settings)).sender !== 'any') return { proposal: null };
    const { rows } = await store.events.list(
      projectId,
      { endpointId: id },
      { limit: MOST_EVENTS, after: undefined },
    );
    const events = await Promise.all(rows.map((row) => store.events.find(projectId, row.id)));
    const requests = events.flatMap((event) =>
      event ? [toRequest(event, this.parts.config.publicUrl)] : [],
    );
    return { proposal: toProposal(requests) ?? null };
  }
}

function toRequest(event: EventDetailRow, publicUrl: string): SignedRequest {
  const { method, query, body, receivedAt } = event;
  const url = `${publicUrl}/hooks/${query === '' ? '' : `?${query}`}`;
  return { method, url, headers: headersOf(event), rawBody: body, receivedAt: receivedAt.getTime() / 1_000 };
}

/** The newest request that is recognised counts; the others only tell their types. */
function toProposal(requests: readonly SignedRequest[]): SenderProposal | undefined {
  const found = firstRecognised(requests);
  const sender = found && describeSender(found.sender);
  if (!found || !sender) return undefined;
  const policy = compilePolicy({ sender: sender.id, secrets: [] });
  const types = requests.flatMap((request) => inspect(policy, request).type ?? []);
  return {
    sender: sender.id,
    name: sender.name,
    confidence: found.confidence,
    why: [...found.why],
    check: sender.schemes[0]?.summary ?? '',
    duplicateKey: sender.eventId.from,
    types: [...new Set(types)],
  };
}

function firstRecognised(requests: readonly SignedRequest[]): Recognition | undefined {
  for (const request of requests) {
    const found = recognise(request);
    if (found) return found;
  }
  return undefined;
}
