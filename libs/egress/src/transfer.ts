import type { Dispatcher } from 'undici';
import { PermanentError } from '@hookloom/step-kit';
import { toAbortError, toNetworkError } from './network-errors.js';

/** One request to one host, all checks done. */
export interface Transfer {
  readonly url: URL;
  readonly method: string;
  readonly headers: Record<string, string | string[]>;
  readonly body: string | Uint8Array | null;
  readonly signal: AbortSignal;
  readonly maxBytes: number;
}

/** What came back, the body as sent. */
export interface Received {
  readonly status: number;
  /** Names in lower case, repeats joined by `, `. */
  readonly headers: Record<string, string>;
  readonly body: Uint8Array;
}

/** Sends and collects up to `maxBytes`; more ends the connection. Throws the StepError family. */
export function transfer(dispatcher: Dispatcher, request: Transfer): Promise<Received> {
  return new Promise((resolve, reject) => {
    const collector = new Collector(request, resolve, reject);
    if (collector.isOver) return;
    dispatcher.dispatch(
      {
        origin: request.url.origin,
        path: `${request.url.pathname}${request.url.search}`,
        method: request.method,
        headers: request.headers,
        body: request.body,
      },
      collector,
    );
  });
}

export function tooLarge(host: string, maxBytes: number): PermanentError {
  return new PermanentError(
    `${host} answered with more than ${Math.floor(maxBytes / 1024)} KiB. Ask it for less, for example with a filter or pages.`,
    { code: 'response_too_large' },
  );
}

class Collector implements Dispatcher.DispatchHandler {
  private controller: Dispatcher.DispatchController | undefined;
  private readonly chunks: Buffer[] = [];
  private bytes = 0;
  private status = 0;
  private headers: Record<string, string> = {};
  private readonly host: string;
  isOver = false;

  constructor(
    private readonly request: Transfer,
    private readonly resolve: (received: Received) => void,
    private readonly reject: (error: Error) => void,
  ) {
    this.host = request.url.host;
    if (request.signal.aborted) this.onAbort();
    else request.signal.addEventListener('abort', this.onAbort, { once: true });
  }

  /** Comes when a connection is there; a request that was given up meanwhile is not sent. */
  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.controller = controller;
    if (this.isOver) controller.abort(new Error('Given up'));
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: Record<string, string | string[] | undefined>,
  ): void {
    if (status < 200) return;
    this.status = status;
    this.headers = joinRepeats(headers);
    const announced = Number(this.headers['content-length'] ?? 0);
    if (announced > this.request.maxBytes && this.request.method !== 'HEAD') {
      this.fail(tooLarge(this.host, this.request.maxBytes));
    }
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.bytes += chunk.length;
    if (this.bytes > this.request.maxBytes) this.fail(tooLarge(this.host, this.request.maxBytes));
    else this.chunks.push(chunk);
  }

  onResponseEnd(): void {
    if (!this.end()) return;
    const [only] = this.chunks;
    const body = this.chunks.length === 1 && only ? only : Buffer.concat(this.chunks);
    this.resolve({ status: this.status, headers: this.headers, body });
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    if (this.end()) this.reject(toNetworkError(this.host, error));
  }

  private readonly onAbort = (): void => {
    this.fail(toAbortError(this.host, this.request.signal.reason));
  };

  private fail(error: Error): void {
    if (!this.end()) return;
    this.reject(error);
    this.controller?.abort(error);
  }

  /** False when it was over before. */
  private end(): boolean {
    if (this.isOver) return false;
    this.isOver = true;
    this.request.signal.removeEventListener('abort', this.onAbort);
    return true;
  }
}

function joinRepeats(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  const joined: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) joined[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : value;
  }
  return joined;
}
