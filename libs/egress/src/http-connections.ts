import { Agent, buildConnector, type Dispatcher } from 'undici';
import { isPrivateAddress, type AddressGuard } from './address-guard.js';

/** Origins whose last connection is remembered. */
const MAX_REMEMBERED = 1_000;

export interface ConnectionLimits {
  readonly connectTimeoutMs: number;
  readonly connectionsPerOrigin: number;
}

/**
 * Kept-alive connections under one guard. A connection is made to an address that was checked, checked again on
 * the socket, and stays with that address for its life, so a later change of DNS changes nothing.
 */
export class HttpConnections {
  private readonly agent: Agent;
  private readonly endedPrivately = new Map<string, boolean>();

  constructor(
    private readonly guard: AddressGuard,
    limits: ConnectionLimits,
  ) {
    const connect = buildConnector({
      timeout: limits.connectTimeoutMs,
      lookup: guard.lookup,
      autoSelectFamily: true,
      maxCachedSessions: 100,
    });
    this.agent = new Agent({
      connections: limits.connectionsPerOrigin,
      pipelining: 1,
      headersTimeout: 0, // the step's signal is the clock
      bodyTimeout: 0,
      connect: (options, callback) => this.connect(connect, options, callback),
    });
  }

  get dispatcher(): Dispatcher {
    return this.agent;
  }

  /** Whether the last connection to an origin ended at an address that only the operator's list opens. */
  wasPrivate(origin: string): boolean {
    return this.endedPrivately.get(origin) ?? false;
  }

  close(): Promise<void> {
    return this.agent.destroy();
  }

  private connect(
    connect: buildConnector.connector,
    options: buildConnector.Options,
    callback: buildConnector.Callback,
  ): void {
    const host = options.hostname;
    try {
      this.guard.checkLiteral(host);
    } catch (error) {
      callback(error instanceof Error ? error : new Error('Not allowed', { cause: error }), null);
      return;
    }
    connect(options, (...[error, socket]) => {
      if (error) {
        callback(error, null);
        return;
      }
      try {
        this.guard.check(host, socket.remoteAddress);
      } catch (refusal) {
        socket.destroy();
        callback(refusal instanceof Error ? refusal : new Error('Not allowed', { cause: refusal }), null);
        return;
      }
      this.remember(`${options.protocol}//${options.host ?? host}`, isPrivateAddress(socket.remoteAddress));
      callback(null, socket);
    });
  }

  private remember(origin: string, isPrivate: boolean): void {
    this.endedPrivately.delete(origin);
    this.endedPrivately.set(origin, isPrivate);
    const [oldest] = this.endedPrivately.keys();
    if (this.endedPrivately.size > MAX_REMEMBERED && oldest !== undefined) this.endedPrivately.delete(oldest);
  }
}
