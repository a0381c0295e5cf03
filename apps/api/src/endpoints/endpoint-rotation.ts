import { EndpointSecret } from '@hookloom/contracts';
import { z } from 'zod';

/** Body of `POST /endpoints/{id}/rotate`. */
export const EndpointRotation = z
  .object({
    token: z.boolean().optional(),
    secret: EndpointSecret.optional(),
    overlapSeconds: z
      .int()
      .min(0)
      .max(31_536_000)
      .default(86_400)
      .meta({ description: 'How long the old one still works; 0 ends it at once.' }),
  })
  .refine((rotation) => rotation.token === true || rotation.secret !== undefined, {
    message: 'Say what to rotate: "token": true, or a new "secret".',
  })
  .meta({ id: 'EndpointRotation' });
export type EndpointRotation = z.infer<typeof EndpointRotation>;

/** Body of `POST /endpoints/{id}/rotate/end`: whose old ones are good no longer. */
export const EndOfOverlap = z.object({ what: z.enum(['token', 'secret']) }).meta({ id: 'EndOfOverlap' });
export type EndOfOverlap = z.infer<typeof EndOfOverlap>;
