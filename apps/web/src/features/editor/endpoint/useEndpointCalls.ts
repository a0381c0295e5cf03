import type { EndpointView, Page } from '@hookloom/contracts';
import { useQueryClient } from '@tanstack/vue-query';
import {
  endpointSettingsApi,
  type EndpointChange,
  type EndpointRotation,
  type EndpointTest,
} from '../../../api/endpoint-settings.api.js';
import { useTellError } from '../../../api/useTellError.js';

/** What can be done to an endpoint. It is in force at once, so every screen sees the answer at once. */
export function useEndpointCalls() {
  const client = useQueryClient();
  const tellError = useTellError();

  function remember(view: EndpointView): EndpointView {
    client.setQueryData<Page<EndpointView>>(
      ['endpoints'],
      (page) => page && { ...page, items: page.items.map((item) => (item.id === view.id ? view : item)) },
    );
    client.setQueryData(['endpoint', view.id], view);
    void client.invalidateQueries({ queryKey: ['endpoint', view.id, 'keys'] });
    void client.invalidateQueries({ queryKey: ['endpoint', view.id, 'health'] });
    return view;
  }

  /** @returns whether it worked; why not is announced */
  async function attempt(act: () => Promise<unknown>): Promise<boolean> {
    try {
      await act();
      return true;
    } catch (error) {
      tellError(error);
      return false;
    }
  }

  return {
    attempt,
    /** Rejects with what the server said. */
    change: async (endpoint: EndpointView, change: EndpointChange) =>
      remember(await endpointSettingsApi.change(endpoint, change)),
    rotate: (endpoint: EndpointView, rotation: EndpointRotation) =>
      attempt(async () => remember(await endpointSettingsApi.rotate(endpoint.id, rotation))),
    send: (endpoint: EndpointView, test: EndpointTest) =>
      attempt(async () => {
        await endpointSettingsApi.send(endpoint.id, test);
        void client.invalidateQueries({ queryKey: ['events'] });
      }),
  };
}
