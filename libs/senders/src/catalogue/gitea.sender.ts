import { bodyHmac } from './presets.js';
import { defineSender } from '../model/sender.js';

export const gitea = defineSender({
  id: 'gitea',
  name: 'Gitea / Forgejo / Gogs',
  category: 'dev',
  confidence: 'memory',
  schemes: [
    {
      kind: 'hmac',
      id: 'default',
      algorithm: 'sha256',
      signature: {
        in: 'header:x-gitea-signature',
        alsoIn: ['header:x-forgejo-signature', 'header:x-gogs-signature'],
        encoding: 'hex',
      },
      signed: { template: '{body}' },
      key: { decode: 'utf8' },
    },
    bodyHmac({ id: 'hub', header: 'x-hub-signature-256', encoding: 'hex', prefix: 'sha256=' }),
  ],
  secret: [{ name: 'secret', label: 'Secret' }],
  jsonField: 'payload',
  eventId: {
    from: ['header:x-gitea-delivery', 'header:x-forgejo-delivery', 'header:x-gogs-delivery'],
    scope: 'event',
  },
  eventType: { from: ['header:x-gitea-event', 'header:x-forgejo-event', 'header:x-gogs-event'] },
  delivery: {
    contentType: 'application/json or form (field payload)',
    accepts: '2xx',
    timeoutSeconds: 5,
    retries: 'none automatic',
    addresses: 'self-hosted',
    known: 'memory',
  },
  notes: [
    'Signature hex without prefix; newer versions also send x-hub-signature-256 for GitHub compatibility',
  ],
});
