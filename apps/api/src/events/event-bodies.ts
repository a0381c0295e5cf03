import { LIMITS } from '@hookloom/contracts';
import { bodyKind, inflateBody, readBody } from '@hookloom/payload';
import type { EventDetailRow } from '@hookloom/persistence';
import { Injectable } from '@nestjs/common';
import { EventParts } from '../event-parts.js';
import { headersOf } from './event-view.js';

/** Larger bodies, XML and multipart are read by a child process: none may keep others waiting. */
const READ_HERE_BYTES = 256 * 1024;
const READ_HERE_KINDS = new Set(['json', 'form', 'text', 'binary']);
/** Of a body that cannot be read this much is shown as text. */
const SHOWN_BYTES = 64 * 1024;

/** The bodies of stored events as workflows see them. */
@Injectable()
export class EventBodies {
  constructor(private readonly running: EventParts) {}

  /** `trigger.body`; the beginning as text where the body cannot be read. */
  async read(event: EventDetailRow): Promise<unknown> {
    const bytes = await plainBody(event);
    const contentType = event.contentType ?? undefined;
    if (bytes.length <= READ_HERE_BYTES && READ_HERE_KINDS.has(bodyKind(contentType, bytes))) {
      const reading = readBody({ bytes, contentType, ref: event.id });
      return reading.ok ? reading.value : beginning(bytes);
    }
    const [outcome] = await this.running.evaluator.evaluate({
      expressions: [{ source: 'trigger.body', as: 'value' }],
      scope: {
        trigger: '{}',
        body: { kind: 'raw', bytes, contentType, eventId: event.id },
        steps: new Map(),
        input: { kind: 'nothing' },
        vars: '{}',
        run: '{}',
      },
    });
    return outcome?.ok ? JSON.parse(outcome.json) : beginning(bytes);
  }
}

/** Without its content encoding; as sent where that is damaged. */
async function plainBody(event: EventDetailRow): Promise<Buffer> {
  const encoding = headersOf(event)['content-encoding'];
  if (encoding === undefined) return event.body;
  const inflated = await inflateBody(encoding, event.body, LIMITS.maxBodyBytes);
  return inflated.kind === 'plain' ? inflated.body : event.body;
}

function beginning(bytes: Buffer): string {
  return bytes.subarray(0, SHOWN_BYTES).toString('utf8');
}
