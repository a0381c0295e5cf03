import type { FastifyReply } from 'fastify';

/** A comment line: keeps proxies from closing the connection, and finds out when nobody is there. */
const HEARTBEAT = ':\n\n';
const HEARTBEAT_MS = 15_000;
/** Whoever reads this slowly is better off with a new stream and the present state. */
const MAX_UNREAD_BYTES = 1024 * 1024;

/** One open stream of server-sent events (WHATWG HTML, 9.2). */
export class EventStream {
  private readonly onClosed: (() => void)[] = [];
  private readonly heartbeat: NodeJS.Timeout;
  private isOpen = true;

  /** Takes the reply over and sends its headers. */
  constructor(private readonly reply: FastifyReply) {
    for (const [name, value] of Object.entries(reply.getHeaders())) {
      if (value !== undefined) reply.raw.setHeader(name, value);
    }
    reply.hijack();
    reply.raw.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache, no-transform',
      'x-accel-buffering': 'no',
    });
    reply.raw.write('retry: 2000\n\n');
    this.heartbeat = setInterval(() => this.write(HEARTBEAT), HEARTBEAT_MS);
    reply.raw.on('close', () => this.finish());
    reply.raw.on('error', () => this.finish());
  }

  /** Sends one event; `value` goes as JSON, which has no line breaks. */
  send(name: string, value: object): void {
    this.write(`event: ${name}\ndata: ${JSON.stringify(value)}\n\n`);
  }

  /** Runs `work` when the stream ends, at once if it has ended. */
  whenClosed(work: () => void): void {
    if (this.isOpen) this.onClosed.push(work);
    else work();
  }

  /** Ends the stream; browsers come back by themselves. */
  close(): void {
    if (!this.isOpen) return;
    this.reply.raw.end();
    this.finish();
  }

  private write(text: string): void {
    if (!this.isOpen) return;
    this.reply.raw.write(text);
    if (this.reply.raw.writableLength > MAX_UNREAD_BYTES) this.reply.raw.destroy();
  }

  private finish(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    clearInterval(this.heartbeat);
    for (const work of this.onClosed) work();
  }
}
