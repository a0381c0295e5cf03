import { z } from 'zod';
import { EndpointView, type EndpointInput } from './contracts.js';
import { post, put } from './http.js';

const EventSent = z.object({ eventId: z.uuid() });

/** Settings of an endpoint that are changed; what is left out of `secret` stays as it is. */
export type EndpointChange = Partial<Pick<EndpointInput, 'sender' | 'secret' | 'methods'>>;

export const endpointSettingsApi = {
  /** In force in every process within a second. */
  change: (endpoint: EndpointView, change: EndpointChange) =>
    put(EndpointView, `/endpoints/${endpoint.id}`, { ...settingsOf(endpoint), ...change }),
  /** Sends a correctly signed sample event through the real path. */
  sendSample: (id: string) => post(EventSent, `/endpoints/${id}/test`, {}),
};

function settingsOf({
  id: _id,
  url: _url,
  token: _token,
  hasSecret: _hasSecret,
  createdAt: _createdAt,
  updatedAt: _updatedAt,
  ...settings
}: EndpointView): EndpointInput {
  return settings;
}
