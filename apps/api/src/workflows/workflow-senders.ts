import type { EndpointSettings } from '@hookloom/contracts';
import type { Store, WorkflowEntity } from '@hookloom/persistence';

/** For whom endpoints are, by their key. */
export async function findSenders(
  store: Store,
  projectId: string,
  endpointKeys: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const endpoints = await store.endpoints.findByKeys(projectId, endpointKeys);
  return new Map(
    endpoints.map((endpoint) => {
      const settings: EndpointSettings = JSON.parse(endpoint.settings);
      return [endpoint.key, settings.sender] as const;
    }),
  );
}

/** As `JSON.stringify` writes a trigger's endpoint; lists of many workflows are not worth parsing whole documents. */
const ENDPOINT = /"endpoint":"([a-z0-9-]+)"/g;

/** Says of each of these workflows whose events start its draft; one query for all of them. */
export async function sendersOf(
  store: Store,
  projectId: string,
  workflows: readonly WorkflowEntity[],
): Promise<(workflow: WorkflowEntity) => string[]> {
  const named = new Map(
    workflows.map(({ id, definition }) => [
      id,
      [...definition.matchAll(ENDPOINT)].flatMap(([, key]) => key ?? []),
    ]),
  );
  const senders = await findSenders(store, projectId, [...new Set([...named.values()].flat())]);
  return ({ id }) => [...new Set((named.get(id) ?? []).flatMap((key) => senders.get(key) ?? []))];
}
