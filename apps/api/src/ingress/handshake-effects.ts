import type { EndpointForIngress, SecretBox, Store } from '@hookloom/persistence';
import type { HandshakeEffect } from '@hookloom/senders';
import type { HttpClient } from '@hookloom/step-kit';

/** Does what a sender's handshake asks for beside an answer. */
export interface HandshakeEffects {
  /** Done before the answer goes out: an answer says that it is done. Rejects where it could not be done. */
  perform(endpoint: EndpointForIngress, effect: HandshakeEffect): Promise<void>;
}

const FETCH_LIMIT_MS = 5_000;

export interface StoredHandshakeEffectsDeps {
  readonly store: Store;
  readonly secretBox: SecretBox;
  /** The one outgoing client, behind the address guard. */
  readonly http: HttpClient;
}

/** Keeps secrets that senders hand over, and visits the addresses that they want visited. */
export class StoredHandshakeEffects implements HandshakeEffects {
  constructor(private readonly deps: StoredHandshakeEffectsDeps) {}

  async perform(endpoint: EndpointForIngress, effect: HandshakeEffect): Promise<void> {
    switch (effect.kind) {
      case 'store-secret':
        return this.keepSecret(endpoint, effect.secret);
      case 'http-get': {
        const signal = AbortSignal.timeout(FETCH_LIMIT_MS);
        await this.deps.http.send({ method: 'GET', url: effect.url, signal });
      }
    }
  }

  /** Only while there is none: it comes unsigned, so a later one might be anybody's. */
  private async keepSecret({ id, projectId }: EndpointForIngress, secret: string): Promise<void> {
    const sealed = this.deps.secretBox.seal(JSON.stringify(secret), { projectId, recordId: id });
    await this.deps.store.transaction(async (store) => {
      await store.endpoints.raiseRevisions([id]);
      const extras = (await store.endpoints.extrasOf([id])).get(id);
      if (extras?.hasSecret) return;
      await store.endpoints.addSecret({ endpointId: id, sealed, overlapSeconds: 0 });
      await store.audit.record({
        projectId,
        actor: 'server',
        action: 'rotate',
        subjectKind: 'endpoint',
        subjectId: id,
        detail: 'The sender handed its secret over.',
      });
    });
  }
}
