import { writeSnippets } from '@hookloom/senders';
import type { Principal } from '@hookloom/server-kit';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { AppParts } from '../app-parts.js';
import { EndpointTestService } from './endpoint-test.service.js';
import { toTestDelivery, type EndpointTestRequest } from './test-delivery.js';

/** Answer of `POST /endpoints/{id}/snippets`: the same delivery three times. No secret is in them. */
export const EndpointSnippets = z
  .object({
    /** For a POSIX shell with curl, and openssl where it signs. */
    curl: z.string(),
    /** For Node.js 18 or newer, without packages. */
    node: z.string(),
    /** For Python 3, without packages. */
    python: z.string(),
    /** The environment variable that they read the secret from; missing where they do not sign. */
    secretVariable: z.string().optional(),
    /** Why they do not sign, although the endpoint checks. */
    unsigned: z.string().optional(),
  })
  .meta({ id: 'EndpointSnippets' });
export type EndpointSnippets = z.infer<typeof EndpointSnippets>;

/** Writes programs that send a sample event. */
@Injectable()
export class EndpointSnippetsService {
  constructor(
    private readonly parts: AppParts,
    private readonly tests: EndpointTestService,
  ) {}

  /** @throws ProblemError 404, 422 */
  async write(principal: Principal, id: string, request: EndpointTestRequest): Promise<EndpointSnippets> {
    const { endpoint, token } = await this.tests.find(principal, id);
    const { sender, scheme, verify } = endpoint.settings;
    const url = `${this.parts.config.publicUrl}/hooks/${token}`;
    return writeSnippets({ sender, scheme, verify, url, ...toTestDelivery(endpoint, request) });
  }
}
