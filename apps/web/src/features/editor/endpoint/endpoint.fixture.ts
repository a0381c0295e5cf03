import type { EndpointView } from '@hookloom/contracts';

/** An endpoint as the API shows it. */
export function anEndpoint(settings: Partial<EndpointView> = {}): EndpointView {
  return {
    id: '0190b3f0-0000-7000-8000-000000000001',
    key: 'orders',
    name: 'Orders',
    url: 'http://localhost:3210/hooks/a-token-of-thirty-two-characters',
    token: 'a-token-of-thirty-two-characters',
    sender: 'any',
    methods: ['POST'],
    maxBodyBytes: 1_048_576,
    hasSecret: false,
    createdAt: '2026-11-22T10:00:00.000Z',
    updatedAt: '2026-11-22T10:00:00.000Z',
    ...settings,
  };
}
