import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import type { EndpointForIngress } from '@hookloom/persistence';
import { SENDERS, SignError, sign } from '@hookloom/senders';
import { conflict, invalid, notFound, type Principal } from '@hookloom/server-kit';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { AppParts } from '../app-parts.js';
import { EventParts } from '../event-parts.js';
import { toAnswer } from '../ingress/answer.js';

/** Body of `POST /endpoints/{id}/test`; none sends a small JSON body. */
export const EndpointTestRequest = z
  .object({
    sample: z.string().max(200).optional(),
    body: z
      .unknown()
      .optional()
      .meta({ description: 'JSON; a text is sent as it is if `headers` name its type.' }),
    headers: z.record(z.string().regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/), z.string().max(8_192)).optional(),
  })
  .default({})
  .meta({ id: 'EndpointTestRequest' });
export type EndpointTestRequest = z.infer<typeof EndpointTestRequest>;

export const EndpointTestBegun = z.object({ eventId: z.guid() }).meta({ id: 'EndpointTestBegun' });
export type EndpointTestBegun = z.infer<typeof EndpointTestBegun>;

const SAMPLE = { test: true, message: 'This is a test event.' };

/** A delivery made here, that is to go through the same checks as any other. */
interface Delivery {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** Sends an event to a trigger URL as its sender would: signed, and through all checks. */
@Injectable()
export class EndpointTestService {
  constructor(
    private readonly parts: AppParts,
    private readonly running: EventParts,
  ) {}

  /** @throws ProblemError 404; 409 when it did not become an event; 422 when it cannot be signed */
  async send(principal: Principal, id: string, request: EndpointTestRequest): Promise<EndpointTestBegun> {
    const token = await this.tokenOf(principal.projectId, id);
    if (request.sample !== undefined) {
      throw invalid([{ path: 'sample', message: 'There is no sample of this name. Send a body instead.' }]);
    }
    const endpoint = await this.running.lookup.findByToken(token);
    if (!endpoint) throw notFound('endpoint');
    const delivery = signed(endpoint, toDelivery(endpoint, token, request), this.parts.config.publicUrl);
    const outcome = await this.running.ingress.receive(toIncomingMessage(delivery), token);
    if (outcome !== undefined && 'eventId' in outcome && outcome.eventId !== undefined) {
      return { eventId: outcome.eventId };
    }
    const answer = outcome && toAnswer(outcome);
    throw conflict(
      'not_taken',
      `The trigger URL answered ${answer?.status ?? 'nothing'} and stored no event.`,
    );
  }

  private async tokenOf(projectId: string, id: string): Promise<string> {
    const { store, secretBox } = this.parts;
    const sealed = (await store.endpoints.extrasOf([id])).get(id)?.sealedToken;
    const endpoint = await store.endpoints.find(projectId, id);
    if (!endpoint || !sealed) throw notFound('endpoint');
    return secretBox.open(sealed, { projectId, recordId: id });
  }
}

function toDelivery(endpoint: EndpointForIngress, token: string, request: EndpointTestRequest): Delivery {
  const given = Object.entries(request.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]);
  const headers: Record<string, string> = Object.fromEntries(given);
  const value = request.body ?? SAMPLE;
  const isText = typeof value === 'string' && headers['content-type'] !== undefined;
  headers['content-type'] ??= 'application/json';
  return {
    method: endpoint.settings.methods[0] ?? 'POST',
    path: `/hooks/${token}`,
    headers,
    body: Buffer.from(isText ? value : JSON.stringify(value)),
  };
}

/** With the newest secret; an endpoint without one is sent to unsigned. */
function signed({ settings, secrets }: EndpointForIngress, delivery: Delivery, publicUrl: string): Delivery {
  const [secret] = secrets;
  if (secret === undefined || !SENDERS.has(settings.sender)) return delivery;
  try {
    const { method, path, headers, body } = delivery;
    const output = sign(settings.sender, {
      secret,
      method,
      url: publicUrl + path,
      headers,
      rawBody: body,
      at: Date.now() / 1_000,
      scheme: settings.scheme,
      verify: settings.verify,
    });
    const signedPath = output.url.slice(publicUrl.length);
    return { method, path: signedPath, headers: output.headers, body: output.rawBody };
  } catch (error) {
    if (!(error instanceof SignError)) throw error;
    throw invalid([{ path: 'secret', message: error.message }]);
  }
}

/** What the server would have made of the delivery, had it come over the network. */
function toIncomingMessage({ method, path, headers, body }: Delivery): IncomingMessage {
  const request = new IncomingMessage(new Socket());
  request.method = method;
  request.url = path;
  const all = { ...headers, 'content-length': String(body.byteLength) };
  request.rawHeaders = Object.entries(all).flat();
  request.push(body);
  request.push(null);
  return request;
}
