import { unavailable } from '@hookloom/server-kit';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { EventStream } from './event-stream.js';

const MAX_STREAMS = 1_000;
/** Then the browser comes back and its rights are looked at again: a stream must not outlive a login for long. */
const LONGEST_MS = 5 * 60_000;

/** All streams that this process has open: so many, so long, and none once it stops. */
@Injectable()
export class LiveStreams implements OnModuleDestroy {
  private readonly open = new Set<EventStream>();
  private isStopping = false;

  /** @throws ProblemError 503 when there are too many, or the process stops */
  start(reply: FastifyReply): EventStream {
    if (this.isStopping || this.open.size >= MAX_STREAMS) {
      throw unavailable('No more live streams can be opened here now.', 5);
    }
    const stream = new EventStream(reply);
    this.open.add(stream);
    const timer = setTimeout(() => stream.close(), LONGEST_MS);
    stream.whenClosed(() => {
      clearTimeout(timer);
      this.open.delete(stream);
    });
    return stream;
  }

  /** Before the server waits for its connections to end. */
  onModuleDestroy(): void {
    this.isStopping = true;
    for (const stream of this.open) stream.close();
  }
}
