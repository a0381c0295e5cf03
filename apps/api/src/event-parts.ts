import { createBell, createLiveChannel, LiveFeed, parentProcess, type Bell } from '@hookloom/dispatch';
import { createEgress, parseAllowedHosts } from '@hookloom/egress';
import type { EvaluatorPool } from '@hookloom/expressions';
import { AcceptWriter, DatabaseClock, EndpointLookup, HeldEvents, RunCommands } from '@hookloom/persistence';
import { Global, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { AppParts } from './app-parts.js';
import { FormIntake } from './forms/form-intake.js';
import { ApiProcesses } from './ingress/api-processes.js';
import { HeldRequests } from './ingress/held-requests.js';
import { createIngress } from './ingress/create-ingress.js';
import { StoredHandshakeEffects } from './ingress/handshake-effects.js';
import { EventCounters } from './ingress/event-counters.js';
import type { IngressService } from './ingress/ingress.service.js';
import { RateLimiter } from './ingress/rate-limiter.js';
import { PoolBodyChecks } from './ingress/pool-body-checks.js';
import { createSenderKeys } from './ingress/sender-keys/create-sender-keys.js';
import type { SettleListener } from './ingress/settle.service.js';

/** What receives events and starts runs. Every feature may ask for it, with this class as the token. */
export abstract class EventParts {
  abstract readonly ingress: IngressService;
  abstract readonly forms: FormIntake;
  abstract readonly lookup: EndpointLookup;
  abstract readonly commands: RunCommands;
  abstract readonly evaluator: EvaluatorPool;
  abstract readonly bell: Bell;
  abstract readonly live: LiveFeed;
  /** Flushes what is under way and closes; call when no request comes any more. */
  abstract close(): Promise<void>;
}

/** @throws if the database cannot be reached */
export async function openEventParts(parts: AppParts): Promise<EventParts> {
  const { config, databaseUrl, logger, pools, store, secretBox, metrics, evaluator, readiness } = parts;
  const onError = (error: Error) => logger.warn({ err: error }, 'a connection broke');
  const clock = new DatabaseClock(pools.aside);
  const processes = new ApiProcesses(store.apiProcesses);
  await Promise.all([clock.start(), processes.start()]);
  const dispatch = { databaseUrl, redisUrl: config.redisUrl, ipc: parentProcess(), onError };
  const bell = createBell(dispatch);
  const live = new LiveFeed(createLiveChannel(dispatch));
  const writer = new AcceptWriter(pools);
  readiness.addProbe(async () => (writer.isFull() ? 'too many runs wait' : undefined));
  const egress = createEgress({ allowedHosts: parseAllowedHosts(config.allowedPrivateHosts.join(',')) });
  const lookup = new EndpointLookup(pools.aside, secretBox);
  const heldEvents = new HeldEvents(pools.aside);
  const onTrouble = (error: unknown) => logger.warn({ err: error }, 'held requests could not be looked at');
  const held = new HeldRequests({
    load: (events) => heldEvents.load(events),
    note: (eventId, status, ms) => void heldEvents.note(eventId, status, ms).catch(onTrouble),
    onTrouble,
  });
  const stopHearing = live.onAnswered((eventId) => held.tell(eventId));
  readiness.onStop(() => held.drain());
  const listener: SettleListener = {
    ring: (runIds) => bell.ring(runIds),
    announce: ({ id, projectId, endpointId, status }) =>
      live.publish({ kind: 'event', projectId, endpointId, eventId: id, status }),
  };
  const forms = new FormIntake({
    lookup,
    writer: new AcceptWriter(pools, { kind: 'form' }),
    clock,
    listener,
    limiter: new RateLimiter(() => processes.count),
    counters: new EventCounters(metrics),
  });
  const ingress = createIngress({
    lookup,
    writer,
    clock,
    checks: new PoolBodyChecks(evaluator),
    keys: createSenderKeys(egress.http, (host, detail) =>
      logger.warn({ host, detail }, 'a key of a sender could not be fetched'),
    ),
    listener,
    effects: new StoredHandshakeEffects({ store, secretBox, http: egress.http }),
    metrics,
    held,
    publicUrl: config.publicUrl,
    processes: () => processes.count,
  });
  const close = async () => {
    stopHearing();
    await Promise.all([writer.close(), forms.close()]);
    clock.stop();
    await Promise.all([processes.stop(), bell.close(), live.close(), egress.close()]);
  };
  const commands = new RunCommands(pools.ui, clock);
  return { ingress, forms, lookup, commands, evaluator, bell, live, close };
}

@Global()
@Module({
  providers: [{ provide: EventParts, inject: [AppParts], useFactory: openEventParts }],
  exports: [EventParts],
})
export class EventPartsModule implements OnApplicationShutdown {
  constructor(@Inject(EventParts) private readonly parts: EventParts) {}

  /** After the server is closed, so that every request had its answer. */
  onApplicationShutdown(): Promise<void> {
    return this.parts.close();
  }
}
