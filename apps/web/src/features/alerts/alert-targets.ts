import type { AlertTarget, ConnectionView } from '@hookloom/contracts';

/** Connections that can carry an alert. */
const TYPES = ['smtp', 'slack.webhook', 'slack.bot'];

/** The ones of the project that alerts can go through. */
export function alertConnections(connections: readonly ConnectionView[]): ConnectionView[] {
  return connections.filter(({ type }) => TYPES.includes(type));
}

/** What must be said beside the connection. */
export function fieldOf(type: string | undefined): 'to' | 'channel' | undefined {
  if (type === 'smtp') return 'to';
  return type === 'slack.bot' ? 'channel' : undefined;
}

/** A target with only what fits its connection. */
export function fitting(target: AlertTarget, type: string | undefined): AlertTarget {
  const { connection, to, channel } = target;
  const field = fieldOf(type);
  if (field === 'to' && to !== undefined && to !== '') return { connection, to };
  if (field === 'channel' && channel !== undefined && channel !== '') return { connection, channel };
  return { connection };
}
