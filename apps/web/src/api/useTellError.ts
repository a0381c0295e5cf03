import { useNotifications } from '../ui/notifications.js';
import { joinSentences, useErrorSentences } from './useErrorSentences.js';

/** Tells, as a short message, what went wrong with something that somebody began. */
export function useTellError() {
  const toSentences = useErrorSentences();
  const { announceError } = useNotifications();
  return (error: unknown): void => {
    announceError(joinSentences(toSentences(error)));
  };
}
