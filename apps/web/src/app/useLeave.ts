import { useErrorSentences } from '../api/useErrorSentences.js';
import { useSession } from '../features/session/useSession.js';
import { useNotifications } from '../ui/notifications.js';

/** Signs out; a failure is said. */
export function useLeave(): () => void {
  const { signOut } = useSession();
  const { announceError } = useNotifications();
  const toSentences = useErrorSentences();
  return () => {
    signOut().catch((error: unknown) => announceError(toSentences(error).title));
  };
}
