import type { AcceptedEvent, NewEventRun } from './accepted-event.js';
import type { EndpointRoute } from './endpoint-lookup.js';

/** Whether an event is run now, kept for its paused workflows or only kept. */
export function statusByRoutes(routes: readonly EndpointRoute[]): AcceptedEvent['status'] {
  if (routes.length === 0) return 'captured';
  return routes.every((route) => route.paused) ? 'held' : 'accepted';
}

/** The run that an event starts by one route. */
export function toEventRun(route: EndpointRoute, newId: string): NewEventRun {
  return {
    id: newId,
    workflowId: route.workflowId,
    version: route.version,
    triggerStepId: route.triggerStepId,
    state: route.paused ? 'held' : 'queued',
    maxConcurrentRuns: route.maxConcurrentRuns,
  };
}
