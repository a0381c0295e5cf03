import type { AccessTokens, HttpClient, MailClient } from '@hookloom/step-kit';
import type { AllowedHosts } from './allowed-hosts.js';
import { EgressHttpClient } from './http-client.js';
import { EgressMailClient } from './mail-client.js';
import { KeptTokens } from './oauth/kept-tokens.js';

export interface EgressOptions {
  /** From `parseAllowedHosts(HOOKLOOM_ALLOWED_PRIVATE_HOSTS)`. */
  readonly allowedHosts: AllowedHosts;
  /** Bytes of one answer after inflating, where the request does not say; default 1 MiB. */
  readonly maxResponseBytes?: number;
  /** Milliseconds to look a host up and connect; default 5,000. */
  readonly connectTimeoutMs?: number;
  /** Connections to one origin at the same time; default 64. More requests wait. */
  readonly connectionsPerOrigin?: number;
}

/** The only clients that leave the machine: steps, tests of connections and alerts all use them. */
export interface Egress {
  readonly http: HttpClient;
  readonly mail: MailClient;
  /** Asked for through `http`. */
  readonly tokens: AccessTokens;
  /** Ends all connections. */
  close(): Promise<void>;
}

/** Makes the clients; one a process, since connections are kept alive in it. */
export function createEgress(options: EgressOptions): Egress {
  const { allowedHosts, connectTimeoutMs = 5_000, connectionsPerOrigin = 64 } = options;
  const http = new EgressHttpClient(
    allowedHosts,
    { connectTimeoutMs, connectionsPerOrigin },
    options.maxResponseBytes,
  );
  const mail = new EgressMailClient(allowedHosts, connectTimeoutMs);
  return { http, mail, tokens: new KeptTokens(http), close: () => http.close() };
}
