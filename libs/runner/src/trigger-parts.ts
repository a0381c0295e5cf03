import type { TriggerBody } from '@hookloom/expressions';
import { readQuery } from '@hookloom/payload';
import type { CompiledWorkflow } from './compiled-workflow.js';
import { ours } from './run-faults.js';
import type { ClaimedRun } from './ports.js';

export interface TriggerParts {
  /** JSON text, without the body. */
  readonly trigger: string;
  readonly body: TriggerBody;
}

/** What expressions see as `trigger`: what began the run, or what a step that is tested alone is told. */
export function triggerParts(claimed: ClaimedRun, { triggerPin }: CompiledWorkflow): TriggerParts {
  if (claimed.onlyStepId === undefined || triggerPin === undefined) {
    return { trigger: triggerText(claimed), body: bodyOf(claimed) };
  }
  const pinned: unknown = JSON.parse(triggerPin);
  const { body = null, ...told } = isObject(pinned) ? pinned : {};
  return { trigger: JSON.stringify(told), body: { kind: 'json', json: JSON.stringify(body) } };
}

/** The event that is pinned as the trigger of a step that is tested alone. */
export function pinnedEventId(claimed: ClaimedRun, { triggerPin }: CompiledWorkflow): string | undefined {
  if (claimed.onlyStepId === undefined || triggerPin === undefined) return undefined;
  const pinned: unknown = JSON.parse(triggerPin);
  return isObject(pinned) && typeof pinned['id'] === 'string' ? pinned['id'] : undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `trigger` without its body, as the contract lists it. */
function triggerText(claimed: ClaimedRun): string {
  const { event } = claimed;
  if (!event) {
    const told = { id: claimed.id, receivedAt: claimed.createdAt.toISOString(), headers: {}, query: {} };
    return JSON.stringify({ ...told, type: claimed.kind });
  }
  const before = JSON.stringify({
    id: event.id,
    receivedAt: event.receivedAt.toISOString(),
    method: event.method,
    query: readQuery(event.query),
    type: event.type,
    sender: event.sender,
  });
  return `${before.slice(0, -1)},"headers":${event.headersJson}}`;
}

function bodyOf(claimed: ClaimedRun): TriggerBody {
  const { event } = claimed;
  if (!event) return { kind: 'json', json: claimed.input ?? 'null' };
  const { id: eventId, body, contentType } = event;
  const contentEncoding = encodingOf(event.headersJson);
  const raw = (bytes: Uint8Array): TriggerBody => ({
    kind: 'raw',
    bytes,
    contentType,
    contentEncoding,
    eventId,
  });
  if (typeof body !== 'function') return raw(body);
  return { kind: 'later', load: whileRoom(async () => raw(await ours(body))) };
}

/** Bodies are kept as they were sent. Few are compressed, so the headers are seldom parsed for it. */
function encodingOf(headersJson: string): string | undefined {
  if (!headersJson.includes('"content-encoding":')) return undefined;
  const headers: Record<string, string> = JSON.parse(headersJson);
  return headers['content-encoding'];
}

/** What was loaded stays until memory is needed, then it is loaded anew: a run that waits for others holds no large body. */
function whileRoom<T extends object>(load: () => Promise<T>): () => Promise<T> {
  let kept: WeakRef<T> | undefined;
  let loading: Promise<T> | undefined;
  const begin = async (): Promise<T> => {
    const value = await load().finally(() => (loading = undefined));
    kept = new WeakRef(value);
    return value;
  };
  return async () => kept?.deref() ?? (loading ??= begin());
}
