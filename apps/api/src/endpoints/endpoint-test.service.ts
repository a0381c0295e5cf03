import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import type { EndpointForIngress } from '@hookloom/persistence';
import { SignError, signAsSender } from '@hookloom/senders';
import { conflict, invalid, notFound, type Principal } from '@hookloom/server-kit';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { AppParts } from '../app-parts.js';
import { EventParts } from '../event-parts.js';
import { toAnswer } from '../ingress/to-answer.js';
import type { SampleMark } from '../ingress/incoming.js';
import { toTestDelivery, type EndpointTestRequest, type TestDelivery } from './test-delivery.js';

export const EndpointTestBegun = z.object({ eventId: z.guid() }).meta({ id: 'EndpointTestBegun' });
export type EndpointTestBegun = z.infer<typeof EndpointTestBegun>;

/** A delivery as it goes over the wire. */
interface Signed {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  readonly mark: SampleMark;
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
    const { endpoint, token } = await this.find(principal, id);
    const signed = this.sign(endpoint, `/hooks/${token}`, toTestDelivery(endpoint, request));
    const outcome = await this.running.ingress.receive(toIncomingMessage(signed), token, signed.mark);
    if (outcome !== undefined && 'eventId' in outcome && outcome.eventId !== undefined) {
      return { eventId: outcome.eventId };
    }
    const answer = outcome && toAnswer(outcome);
    throw conflict(
      'not_taken',
      `The trigger URL answered ${answer?.status ?? 'nothing'} and stored no event.`,
    );
  }

  /** The endpoint as trigger URLs see it, with its secrets, and its token. @throws ProblemError 404 */
  async find({ projectId }: Principal, id: string): Promise<{ endpoint: EndpointForIngress; token: string }> {
    const { store, secretBox } = this.parts;
    const known = await store.endpoints.find(projectId, id);
    const sealed = known && (await store.endpoints.extrasOf([id])).get(id)?.sealedToken;
    if (!sealed) throw notFound('endpoint');
    const token = secretBox.open(sealed, { projectId, recordId: id });
    const endpoint = await this.running.lookup.findByToken(token);
    if (!endpoint) throw notFound('endpoint');
    return { endpoint, token };
  }

  private sign({ settings, secrets }: EndpointForIngress, path: string, delivery: TestDelivery): Signed {
    const { publicUrl } = this.parts.config;
    const { method, headers, body: text } = delivery;
    const body = Buffer.from(text);
    if (secrets.length === 0) return { method, path, headers, body, mark: {} };
    const request = { method, url: publicUrl + path, headers, rawBody: body, at: Date.now() / 1_000 };
    const result = signedOrRefused({ ...settings, secrets }, request);
    if (result.kind === 'unsigned') return { method, path, headers, body, mark: { unsigned: result.why } };
    const { output } = result;
    const signedPath = output.url.slice(publicUrl.length);
    return { method, path: signedPath, headers: output.headers, body: output.rawBody, mark: {} };
  }
}

function signedOrRefused(...given: Parameters<typeof signAsSender>): ReturnType<typeof signAsSender> {
  try {
    return signAsSender(...given);
  } catch (error) {
    if (!(error instanceof SignError)) throw error;
    throw invalid([{ path: 'secret', message: error.message }]);
  }
}

/** What the server would have made of the delivery, had it come over the network. */
function toIncomingMessage({ method, path, headers, body }: Signed): IncomingMessage {
  const request = new IncomingMessage(new Socket());
  request.method = method;
  request.url = path;
  const all = { ...headers, 'content-length': String(body.byteLength) };
  request.rawHeaders = Object.entries(all).flat();
  request.push(body);
  request.push(null);
  return request;
}
