import { answerText } from '@hookloom/contracts';
import type { HeldProgress } from '@hookloom/persistence';
import { z } from 'zod';
import { JSON_HEADERS, type Answer } from './answer.js';
import { toOwnAnswer } from './answer-preset.js';

/** An event whose request waits for what its runs say. */
export interface HeldEvent {
  readonly id: string;
  readonly endpointId: string;
  /** Runs that can answer it; those of paused workflows cannot. */
  readonly runIds: readonly string[];
}

/** What a `respond` step gave. */
const Responded = z.object({
  status: z.int().min(200).max(599),
  headers: z.record(z.string(), z.string()),
  body: z.unknown(),
});

/**
 * What a held request is answered with; `undefined`: not yet. The first run that responds decides. Where none does,
 * the last of them to end lets the request go: with what a run gave that succeeded, or with why there is nothing.
 */
export function toRunAnswer(event: HeldEvent, progress: HeldProgress | undefined): Answer | undefined {
  if (!progress) return undefined;
  const responded = progress.given.find(({ kind }) => kind === 'respond');
  if (responded) return ofStep(responded.content);
  const over = new Set([...progress.over, ...progress.given].map(({ runId }) => runId));
  if (!event.runIds.every((id) => over.has(id))) return undefined;
  const [ended] = progress.given;
  if (ended) return { status: 200, headers: JSON_HEADERS, body: ended.content };
  const failed = progress.over.find(({ status }) => status !== 'skipped');
  if (!failed) return { status: 200, headers: JSON_HEADERS, body: JSON.stringify({ eventId: event.id }) };
  const body = JSON.stringify({ eventId: event.id, runId: failed.runId });
  return { status: 502, headers: JSON_HEADERS, body };
}

function ofStep(content: string): Answer {
  const { status, headers, body } = Responded.parse(JSON.parse(content));
  return toOwnAnswer({ status, headers, body: answerText(body) });
}
