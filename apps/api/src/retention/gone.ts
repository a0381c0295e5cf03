import type { RetainedKind, Store } from '@hookloom/persistence';
import { notFound, ProblemError } from '@hookloom/server-kit';

const DATE = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' });

/**
 * What to say of an event or a run that is not there. Ids carry their time, so it can be known that whatever came then
 * was deleted by the project's rule.
 */
export async function notThere(
  store: Pick<Store, 'retention'>,
  projectId: string,
  kind: RetainedKind,
  id: string,
): Promise<ProblemError> {
  const at = timeOfId(id);
  const gone = at && (await store.retention.findDeletion(projectId, kind, at));
  if (!at || !gone) return notFound(kind);
  const { deletedAt, days } = gone;
  const detail =
    `The ${kind}s of ${DATE.format(at)} were deleted on ${DATE.format(deletedAt)} by the rule of ${days} days. ` +
    'Only what was kept is still there.';
  const deleted = { at: deletedAt.toISOString(), days };
  return new ProblemError(404, 'Deleted', detail, { code: 'deleted', deleted });
}

/** When a UUIDv7 was made; `undefined` for another kind of id. */
export function timeOfId(id: string): Date | undefined {
  return id[14] === '7' ? new Date(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)) : undefined;
}
