import { LIMITS } from '@hookloom/contracts';
import { PermanentError, type HttpClient, type HttpRequest, type HttpResponse } from '@hookloom/step-kit';
import { AddressGuard } from './address-guard.js';
import type { AllowedHosts } from './allowed-hosts.js';
import { HttpConnections, type ConnectionLimits } from './http-connections.js';
import { inflateBody } from './inflate.js';
import { toNextHop } from './redirects.js';
import { checkHeaders } from './request-headers.js';
import { parseTarget } from './target.js';
import { transfer, type Received, type Transfer } from './transfer.js';

const MAX_REDIRECTS = 5;

/** The one way out for HTTP: guarded, limited, kept alive. */
export class EgressHttpClient implements HttpClient {
  private readonly open: HttpConnections;
  /** For redirects that come from a public host: the operator's list was not written for them. */
  private readonly publicOnly: HttpConnections;

  constructor(
    allowed: AllowedHosts,
    limits: ConnectionLimits,
    private readonly maxResponseBytes: number = LIMITS.stepOutputBytes,
  ) {
    this.open = new HttpConnections(new AddressGuard(allowed), limits);
    this.publicOnly = new HttpConnections(new AddressGuard(), limits);
  }

  async send(request: HttpRequest): Promise<HttpResponse> {
    let hop = this.toFirstHop(request);
    let connections = this.open;
    for (let redirects = 0; ; redirects += 1) {
      const answer = await transfer(connections.dispatcher, hop);
      const next = request.followRedirects ? toNextHop(hop, answer, request.secretHeaders ?? []) : undefined;
      if (!next) return toResponse(hop, answer);
      if (redirects === MAX_REDIRECTS) {
        throw new PermanentError(
          `${hop.url.host} redirects more than ${MAX_REDIRECTS} times. Use the final address.`,
          {
            code: 'too_many_redirects',
            status: answer.status,
          },
        );
      }
      if (!connections.wasPrivate(hop.url.origin)) connections = this.publicOnly;
      hop = next;
    }
  }

  /** Ends all connections; requests under way fail as retryable. */
  async close(): Promise<void> {
    await Promise.all([this.open.close(), this.publicOnly.close()]);
  }

  private toFirstHop(request: HttpRequest): Transfer {
    return {
      url: parseTarget(request.url),
      method: request.method,
      headers: {
        'user-agent': 'Hookloom',
        'accept-encoding': 'gzip, deflate, br',
        ...checkHeaders(request.headers ?? {}),
      },
      body: request.body ?? null,
      signal: request.signal,
      maxBytes: request.maxResponseBytes ?? this.maxResponseBytes,
    };
  }
}

async function toResponse(hop: Transfer, { status, headers, body }: Received): Promise<HttpResponse> {
  const inflated = await inflateBody(body, headers['content-encoding'], hop.maxBytes, hop.url.host);
  return { status, headers, body: inflated, url: hop.url.href };
}
