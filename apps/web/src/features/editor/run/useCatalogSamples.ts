import { computed, type ComputedRef } from 'vue';
import { isInnerSender } from '../../../api/contracts.js';
import { useEndpoints, useSenderDetails } from '../../../api/lookups.js';
import type { Draft } from '../document/draft.js';

/** An event that a sender is known to send, kept by nobody. */
export interface CatalogSample {
  readonly id: string;
  readonly name: string;
  readonly sender: string;
  /** What `trigger` would be. */
  readonly trigger: object;
}

/** Sample events of the senders that the workflow's URLs are set to. */
export function useCatalogSamples(draft: ComputedRef<Draft>): ComputedRef<readonly CatalogSample[]> {
  const { byKey } = useEndpoints();
  const senderIds = computed(() => {
    const keys = draft.value.definition.steps.map(({ config }) => config['endpoint']);
    const senders = keys.flatMap((key) =>
      typeof key === 'string' ? (byKey.value.get(key)?.sender ?? []) : [],
    );
    return [...new Set(senders)].filter((sender) => !isInnerSender(sender));
  });
  const details = useSenderDetails(senderIds);
  const receivedAt = new Date().toISOString();
  return computed(() =>
    details.value.flatMap(({ id: sender, name: about, samples }) =>
      samples.map(({ name, headers, body }, at) => ({
        id: `sender/${sender}/${at}`,
        name,
        sender: about,
        trigger: { body, type: name, sender, headers, query: {}, method: 'POST', receivedAt },
      })),
    ),
  );
}
