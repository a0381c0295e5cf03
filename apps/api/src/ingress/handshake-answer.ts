import type { HandshakeReply } from '@hookloom/senders';
import type { Answer } from './answer.js';

/** What a sender's challenge is answered. It echoes a stranger's text, so a browser must not run it. */
export function handshakeAnswer(reply: HandshakeReply): Answer {
  return {
    status: reply.status,
    headers: {
      ...reply.headers,
      'content-security-policy': 'sandbox',
      'x-content-type-options': 'nosniff',
    },
    body: reply.body,
  };
}
