import { isOutOfTime } from '@hookloom/persistence';
import { ProblemError } from '@hookloom/server-kit';

/**
 * Does what looks into events one by one.
 *
 * @throws ProblemError 422 when that takes longer than the database gives it
 */
export async function withinTime<Answer>(look: () => Promise<Answer>): Promise<Answer> {
  try {
    return await look();
  } catch (error) {
    if (!isOutOfTime(error)) throw error;
    throw new ProblemError(
      422,
      'Too many events to look into',
      'Looking into them takes longer than 15 seconds. Narrow the search by time, endpoint, status or type.',
      { code: 'search_too_broad' },
    );
  }
}
