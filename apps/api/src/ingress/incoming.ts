import type { IncomingMessage } from 'node:http';
import { bodyKind, readBody, type BodyKind, type BodyReading, type Inflated } from '@hookloom/payload';
import type { SignedRequest } from '@hookloom/senders';
import { toHeaders } from './request-headers.js';

/** Marks a delivery that was made here, by somebody of the project. Nothing that comes over the network has it. */
export interface SampleMark {
  /** Why nobody here could sign it: it is let in unchecked, and says so. */
  readonly unsigned?: string;
}

/** What is known of a request before its body is read. */
export interface RequestHead {
  readonly method: string;
  /** Path and query as received. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
}

export function toRequestHead(request: IncomingMessage): RequestHead {
  return {
    method: request.method ?? 'GET',
    target: request.url ?? '/',
    headers: toHeaders(request.rawHeaders),
  };
}

export interface IncomingOptions {
  readonly head: RequestHead;
  /** The bytes as they were sent. */
  readonly rawBody: Buffer;
  /**
   * What trigger URLs begin with: some senders sign the URL as it was registered, which behind a proxy is not
   * the one that arrives here.
   */
  readonly publicUrl: string;
  /** Epoch seconds by the wall clock, which signed times are compared with. */
  readonly receivedAt: number;
  readonly sample?: SampleMark | undefined;
}

/** One request to a trigger URL with its whole body. */
export class Incoming implements SignedRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly rawBody: Buffer;
  readonly receivedAt: number;
  /** The query string as received, without `?`. */
  readonly query: string;
  readonly sample: SampleMark | undefined;
  /** The body without its content encoding; `rawBody` where there is none. */
  body: Buffer;
  /** Why there is no body to look at: over the limit as sent or inflated, or an encoding that cannot be taken off. */
  fault: Exclude<Inflated['kind'], 'plain'> | undefined;

  private ownKind: BodyKind | undefined;
  private ownReading: BodyReading | undefined;

  constructor({ head, rawBody, publicUrl, receivedAt, sample }: IncomingOptions) {
    const { method, target, headers } = head;
    const question = target.indexOf('?');
    this.method = method;
    this.url = publicUrl + target;
    this.headers = headers;
    this.rawBody = rawBody;
    this.receivedAt = receivedAt;
    this.sample = sample;
    this.query = question === -1 ? '' : target.slice(question + 1);
    this.body = rawBody;
  }

  get contentType(): string | undefined {
    return this.headers['content-type'];
  }

  get contentEncoding(): string | undefined {
    return this.headers['content-encoding'];
  }

  get kind(): BodyKind {
    this.ownKind ??= bodyKind(this.contentType, this.body);
    return this.ownKind;
  }

  /** The body as a value, read in this process and at most once for all who ask. */
  get reading(): BodyReading {
    const { body, contentType } = this;
    this.ownReading ??= readBody({ bytes: body, contentType, ref: '' });
    return this.ownReading;
  }

  /** Lets go of the value: read from a megabyte it can hold twenty, too many to keep while others are waited for. */
  forgetReading(): void {
    this.ownReading = undefined;
  }

  /** The body as JSON, for event ids and types; `undefined` where it is something else. */
  get parsedBody(): unknown {
    if (this.kind !== 'json') return undefined;
    return this.reading.ok ? this.reading.value : undefined;
  }
}
