import type { PollRequest, PollView } from '@hookloom/contracts';
import { conflict, notFound, type Principal } from '@hookloom/server-kit';
import { Injectable } from '@nestjs/common';
import { AppParts } from '../app-parts.js';

const NEVER_LIVE: PollView = {
  isOn: false,
  nextAt: null,
  lookedAt: null,
  listed: null,
  found: null,
  failures: 0,
  error: null,
  hasCursor: false,
};

/** Looks of polls, as people see and hasten them. */
@Injectable()
export class EndpointPollsService {
  constructor(private readonly parts: AppParts) {}

  /** @throws ProblemError 404 */
  async get({ projectId }: Principal, id: string): Promise<PollView> {
    const { store } = this.parts;
    if (!(await store.endpoints.find(projectId, id))) throw notFound('endpoint');
    const row = await store.polls.findByEndpoint(projectId, id);
    if (!row) return NEVER_LIVE;
    const { nextAt, lookedAt, ...rest } = row;
    return {
      ...rest,
      isOn: nextAt !== null,
      nextAt: nextAt?.toISOString() ?? null,
      lookedAt: lookedAt?.toISOString() ?? null,
    };
  }

  /** @throws ProblemError 404; 409 while nothing of it is live */
  async look(principal: Principal, id: string, { from }: PollRequest): Promise<PollView> {
    await this.get(principal, id);
    if (!(await this.parts.store.polls.lookNow(principal.projectId, id, from))) {
      throw conflict(
        'not_live',
        'Nothing looks while the workflow is not live or paused. Publish or resume it.',
      );
    }
    return this.get(principal, id);
  }
}
