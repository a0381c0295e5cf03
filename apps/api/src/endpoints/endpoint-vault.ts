import { randomBytes } from 'node:crypto';
import {
  FORM_SENDER,
  type EndpointSecret,
  type EndpointSettings,
  type EndpointView,
} from '@hookloom/contracts';
import { hashToken, type EndpointEntity, type EndpointExtras, type Store } from '@hookloom/persistence';
import { Injectable } from '@nestjs/common';
import { AppParts } from '../app-parts.js';

/** 192 random bits: long enough that nobody finds a URL by trying, short enough for every sender's form. */
const TOKEN_BYTES = 24;

interface At {
  readonly projectId: string;
  readonly endpointId: string;
}

/** Gives endpoints their tokens and secrets, sealed, and shows endpoints with their URL. */
@Injectable()
export class EndpointVault {
  constructor(private readonly parts: AppParts) {}

  async giveToken(store: Store, at: At, overlapSeconds: number): Promise<void> {
    const token = randomBytes(TOKEN_BYTES).toString('base64url');
    const { endpointId } = at;
    const sealed = this.seal(at, token);
    await store.endpoints.addToken({ endpointId, tokenHash: hashToken(token), sealed, overlapSeconds });
  }

  async giveSecret(store: Store, at: At, secret: EndpointSecret, overlapSeconds: number): Promise<void> {
    const sealed = this.seal(at, JSON.stringify(secret));
    await store.endpoints.addSecret({ endpointId: at.endpointId, sealed, overlapSeconds });
  }

  /** Endpoints as the API shows them, in the same order. */
  async show(store: Store, endpoints: readonly EndpointEntity[]): Promise<EndpointView[]> {
    const extras = await store.endpoints.extrasOf(endpoints.map((endpoint) => endpoint.id));
    return endpoints.map((endpoint) => this.toView(endpoint, extras.get(endpoint.id)));
  }

  private toView(endpoint: EndpointEntity, extras: EndpointExtras | undefined): EndpointView {
    const settings: EndpointSettings = JSON.parse(endpoint.settings);
    const owner = { projectId: endpoint.projectId, recordId: endpoint.id };
    const token = extras?.sealedToken ? this.parts.secretBox.open(extras.sealedToken, owner) : '';
    return {
      id: endpoint.id,
      key: endpoint.key,
      name: endpoint.name,
      url: `${this.parts.config.publicUrl}/${pathOf(settings.sender)}/${token}`,
      token,
      ...settings,
      hasSecret: extras?.hasSecret ?? false,
      createdAt: endpoint.createdAt.toISOString(),
      updatedAt: endpoint.updatedAt.toISOString(),
    };
  }

  private seal(at: At, text: string): Buffer {
    return this.parts.secretBox.seal(text, { projectId: at.projectId, recordId: at.endpointId });
  }
}

/** A form is a page; what a poll finds comes in by no address, so its trigger URL is unknown to everybody. */
function pathOf(sender: string): string {
  return sender === FORM_SENDER ? 'forms' : 'hooks';
}
