import type { RunChange } from '@hookloom/contracts';
import type { RunRow } from '@hookloom/persistence';
import { notFound, type Principal } from '@hookloom/server-kit';
import { Controller, Get, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { CurrentPrincipal } from '../access/access.hook.js';
import { AppParts } from '../app-parts.js';
import { EventParts } from '../event-parts.js';
import { IdParam, Operation } from '../http/operation.js';
import { toRunChange } from '../runs/run-view.js';
import { LiveStreams } from './live-streams.service.js';

/** A change may get lost on its way; a look at the run itself this often makes up for it. */
const LOOK_MS = 5_000;
/** Changes between the first look and the moment from which workers know that somebody watches. */
const FIRST_LOOK_MS = 200;

@Controller()
export class LiveController {
  constructor(
    private readonly parts: AppParts,
    private readonly running: EventParts,
    private readonly streams: LiveStreams,
  ) {}

  @Get('events/stream')
  @Operation({
    access: 'read',
    summary: 'Tells of each event as it is stored: server-sent events named `event`',
    produces: 'text/event-stream',
  })
  followEvents(@CurrentPrincipal() { projectId }: Principal, @Res() reply: FastifyReply): void {
    const stream = this.streams.start(reply);
    const stop = this.running.live.watch(projectId, (message) => {
      if (message.kind !== 'event') return;
      const { eventId: id, endpointId, status } = message;
      stream.send('event', { id, endpointId, status });
    });
    stream.whenClosed(stop);
  }

  @Get('runs/:id/stream')
  @Operation({
    access: 'read',
    summary: 'Tells of each change of a run: server-sent events named `step` and `run`',
    produces: 'text/event-stream',
  })
  async followRun(
    @CurrentPrincipal() { projectId }: Principal,
    @IdParam('run') id: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const run = await this.parts.store.runs.find(projectId, id);
    if (!run) throw notFound('run');
    const stream = this.streams.start(reply);
    const tell = (change: RunChange) => stream.send(change.stepId === undefined ? 'run' : 'step', change);
    tell(toRunChange(run));
    const stop = this.running.live.watch(projectId, (message) => {
      if (message.kind === 'run' && message.change.runId === id) tell(message.change);
    });
    stream.whenClosed(stop);
    stream.whenClosed(this.lookAgain(projectId, run, tell));
  }

  /** @returns how to stop */
  private lookAgain(projectId: string, first: RunRow, tell: (change: RunChange) => void): () => void {
    let known = first;
    const look = async () => {
      const run = await this.parts.store.runs.find(projectId, first.id);
      if (run === undefined || (run.status === known.status && run.journalRows === known.journalRows)) return;
      known = run;
      tell(toRunChange(run));
    };
    const lookSafely = () => void look().catch(() => undefined);
    const soon = setTimeout(lookSafely, FIRST_LOOK_MS);
    const looking = setInterval(lookSafely, LOOK_MS);
    return () => {
      clearTimeout(soon);
      clearInterval(looking);
    };
  }
}
