import { LIMITS } from '@hookloom/contracts';
import type { EvaluatorPool } from '@hookloom/expressions';
import { readQuery } from '@hookloom/payload';
import type { BodyChecks, DedupeVerdict, Readability, ShapeVerdict } from './body-checks.js';
import type { Incoming } from './incoming.js';

/** Larger JSON is parsed by a child, so that one upload does not hold up all others. */
const READ_HERE_BYTES = 1024 * 1024;
const READABLE: Readability = { kind: 'readable' };
const UNKNOWN = { kind: 'unknown' } as const;

type Pool = Pick<EvaluatorPool, 'readBody' | 'validate' | 'evaluate'>;

/** Reads what is cheap here, and asks child processes for the rest. */
export class PoolBodyChecks implements BodyChecks {
  /** Schemas are asked about as text; one settings object is one schema. */
  private readonly schemaTexts = new WeakMap<object, string>();

  constructor(private readonly pool: Pool) {}

  read(incoming: Incoming): Readability | Promise<Readability> {
    switch (incoming.kind) {
      case 'text':
      case 'binary':
        return READABLE;
      case 'form':
      case 'json':
        return incoming.body.length > READ_HERE_BYTES ? this.askChild(incoming) : readHere(incoming);
      case 'xml':
      case 'multipart':
        return this.askChild(incoming);
    }
  }

  async fits(schema: boolean | Readonly<Record<string, unknown>>, incoming: Incoming): Promise<ShapeVerdict> {
    const { body, contentType } = incoming;
    const check = await settled(this.pool.validate(this.textOf(schema), body, contentType));
    if (check === undefined || 'timedOut' in check || !check.ok) return UNKNOWN;
    return check.errors.length === 0 ? { kind: 'fits' } : { kind: 'differs', errors: check.errors };
  }

  async dedupeKey(
    expression: string,
    incoming: Incoming,
    known: { readonly sender: string; readonly type: string | undefined },
  ): Promise<DedupeVerdict> {
    const { body, contentType } = incoming;
    const outcomes = await settled(
      this.pool.evaluate({
        expressions: [{ source: expression, as: 'value' }],
        timeoutMs: LIMITS.whileSenderWaitsMs,
        scope: {
          trigger: triggerJson(incoming, known),
          body: { kind: 'raw', bytes: body, contentType, eventId: '' },
          steps: new Map(),
          input: { kind: 'trigger' },
          vars: '{}',
          run: '{}',
        },
      }),
    );
    const outcome = outcomes?.[0];
    return outcome?.ok ? { kind: 'key', key: toKey(outcome.json) } : UNKNOWN;
  }

  private async askChild({ body, contentType }: Incoming): Promise<Readability> {
    const check = await settled(this.pool.readBody(body, contentType));
    if (check === undefined || 'timedOut' in check) return UNKNOWN;
    return check.ok ? READABLE : { kind: 'unreadable', detail: check.message };
  }

  private textOf(schema: boolean | Readonly<Record<string, unknown>>): string {
    if (typeof schema === 'boolean') return String(schema);
    const text = this.schemaTexts.get(schema) ?? JSON.stringify(schema);
    this.schemaTexts.set(schema, text);
    return text;
  }
}

function readHere({ reading }: Incoming): Readability {
  return reading.ok ? READABLE : { kind: 'unreadable', detail: reading.message };
}

/** `trigger` as an expression sees it, without its body; the event has no id yet. */
function triggerJson(
  { method, headers, query, receivedAt }: Incoming,
  { sender, type }: { readonly sender: string; readonly type: string | undefined },
): string {
  const at = new Date(receivedAt * 1_000).toISOString();
  return JSON.stringify({ receivedAt: at, method, headers, query: readQuery(query), type, sender });
}

/** A text counts as itself, anything else as its JSON; nothing found is no key. */
function toKey(json: string): string | undefined {
  if (json === 'null' || json === '""') return undefined;
  const value: unknown = json.startsWith('"') ? JSON.parse(json) : json;
  return typeof value === 'string' ? value : json;
}

/** `undefined` where the pool is closed: the process is stopping, and the event counts more than its check. */
async function settled<Answer>(asked: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await asked;
  } catch {
    return undefined;
  }
}
