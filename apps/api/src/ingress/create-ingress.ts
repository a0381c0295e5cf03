import { isInnerSender } from '@hookloom/contracts';
import type { AcceptWriter, EndpointLookup } from '@hookloom/persistence';
import type { BodyChecks } from './body-checks.js';
import { compileEndpoint, type CompiledEndpoint } from './compiled-endpoint.js';
import { EndpointCache } from './endpoint-cache.js';
import type { HandshakeEffects } from './handshake-effects.js';
import { EventCounters, type IngressMetrics } from './event-counters.js';
import type { EventClock } from './judged.js';
import { IngressService } from './ingress.service.js';
import type { HeldRequests } from './held-requests.js';
import { Inflating } from './inflating.js';
import { MemoryRoom } from './memory-room.js';
import { RateLimiter } from './rate-limiter.js';
import { RejectionLog } from './rejection-log.js';
import type { SenderKeys } from './sender-keys/sender-keys.js';
import { SettleService, type SettleListener } from './settle.service.js';

/** What the rest of the process lends to the trigger URLs. */
export interface IngressDeps {
  readonly lookup: Pick<EndpointLookup, 'findByToken'>;
  readonly writer: Pick<AcceptWriter, 'accept' | 'record'>;
  readonly clock: EventClock;
  readonly checks: BodyChecks;
  readonly keys: SenderKeys;
  readonly listener: SettleListener;
  readonly effects: HandshakeEffects;
  readonly metrics: IngressMetrics;
  /** Requests that wait for a run. */
  readonly held: HeldRequests;
  /** What trigger URLs begin with. */
  readonly publicUrl: string;
  /** How many api processes serve the same endpoints at this moment; limits are shared among them. */
  readonly processes: () => number;
}

/** Bodies of all requests under way, in one process. */
const ROOM_BYTES = 192 * 1024 * 1024;

/** Puts the parts of the trigger URLs together. */
export function createIngress(deps: IngressDeps): IngressService {
  const { lookup, writer, clock, checks, keys, listener, effects, publicUrl, processes, held } = deps;
  const now = () => performance.now();
  const endpoints = new EndpointCache<CompiledEndpoint>({
    now,
    find: async (token, earlier) => {
      const stored = await lookup.findByToken(token);
      // What this server makes itself comes in by no trigger URL.
      if (stored === undefined || isInnerSender(stored.settings.sender)) return undefined;
      return compileEndpoint(stored, earlier);
    },
  });
  const counters = new EventCounters(deps.metrics);
  const room = new MemoryRoom(ROOM_BYTES);
  const rejections = new RejectionLog({ writer, processes, now });
  return new IngressService({
    endpoints,
    limiter: new RateLimiter(processes),
    room,
    inflating: new Inflating(room),
    checks,
    keys,
    settling: new SettleService({ writer, rejections, listener, effects, clock, counters, held }),
    held,
    counters,
    publicUrl,
  });
}
