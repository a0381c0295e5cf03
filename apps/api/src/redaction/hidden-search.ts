import { readComparison, type EventDetail, type Redactor } from '@hookloom/contracts';
import { invalid } from '@hookloom/server-kit';

/** Whoever could count the events that hold a text, or compare a hidden value, could guess it piece by piece. */
export function refuseHiddenComparison(redactor: Redactor, where: string | undefined): void {
  const comparison = where === undefined ? undefined : readComparison(where);
  const hiddenBy = comparison && redactor.hides(comparison.path);
  if (hiddenBy === undefined) return;
  throw invalid([
    { path: 'where', message: `The rule ${hiddenBy} hides this value, so it cannot be compared.` },
  ]);
}

/** @throws ProblemError 422 where a text is looked for in bodies and rules hide a part of them */
export function refuseHiddenText(redactor: Redactor, q: string | undefined): void {
  if (q === undefined || redactor.isEmpty) return;
  const message =
    'Rules hide values of this project, so events cannot be counted or replayed by a text. Narrow by type, time or status.';
  throw invalid([{ path: 'q', message }]);
}

/** Whether a text is in what people see of an event. */
export function showsText(event: EventDetail, text: string): boolean {
  if (event.redactedBy === undefined) return true;
  return JSON.stringify(event).includes(JSON.stringify(text).slice(1, -1));
}
