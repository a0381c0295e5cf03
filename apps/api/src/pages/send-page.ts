import type { FastifyReply } from 'fastify';
import { pagePolicy } from './page.js';

/** Answers with a page that nobody keeps and no script runs in. */
export function sendPage(reply: FastifyReply, status: number, html: string, goesTo?: string): FastifyReply {
  return reply
    .code(status)
    .headers({
      'content-security-policy': pagePolicy(goesTo),
      'cache-control': 'no-store',
      // Without a referrer browsers send no origin with the form, and it would be taken for another site's.
      'referrer-policy': 'same-origin',
    })
    .type('text/html; charset=utf-8')
    .send(html);
}
