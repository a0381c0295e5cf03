import { LiveMessage } from '@hookloom/contracts';

/** Messages waiting to leave; the oldest are dropped beyond: a slow channel must not fill the memory. */
const MAX_WAITING = 2_000;

/** Reads a list of messages; what is none (another version's, say) is left out. */
export function parseMessages(text: string): LiveMessage[] {
  const list = parseJson(text);
  if (!Array.isArray(list)) return [];
  return list.flatMap((item: unknown) => LiveMessage.safeParse(item).data ?? []);
}

/** Gathers messages and gives them out in JSON texts of a bounded size. */
export class Outbox {
  private waiting: string[] = [];

  constructor(private readonly maxBytes: number) {}

  get isEmpty(): boolean {
    return this.waiting.length === 0;
  }

  put(message: LiveMessage): void {
    const text = JSON.stringify(message);
    if (Buffer.byteLength(text) + 2 > this.maxBytes) return;
    this.waiting.push(text);
    if (this.waiting.length > MAX_WAITING) this.waiting.splice(0, this.waiting.length - MAX_WAITING);
  }

  /** As many as fit into one text; `undefined`: none. */
  take(): string | undefined {
    if (this.isEmpty) return undefined;
    let bytes = 2;
    const fits = this.waiting.findIndex((text) => (bytes += Buffer.byteLength(text) + 1) > this.maxBytes);
    const taken = this.waiting.splice(0, fits === -1 ? this.waiting.length : Math.max(fits, 1));
    return `[${taken.join(',')}]`;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
