import { z } from 'zod';
import { Key } from './keys.js';
import { LIMITS } from './limits.js';

/** A generic HMAC rule, for `sender: "hmac"`. `template` atoms: `{body}`, `{timestamp}`; default `{body}`. */
export const HmacRule = z
  .object({
    header: z.string().min(1).max(128),
    algorithm: z.enum(['sha1', 'sha256', 'sha384', 'sha512']).default('sha256'),
    encoding: z.enum(['hex', 'base64', 'base64url']).default('hex'),
    prefix: z.string().max(64).optional(),
    template: z.string().max(256).optional(),
    timestampHeader: z.string().max(128).optional(),
  })
  .meta({ id: 'HmacRule' });
export type HmacRule = z.infer<typeof HmacRule>;

/** A text, or an object with the fields that `GET /senders` names. Write-only. */
export const EndpointSecret = z.union([
  z.string().min(1).max(8192),
  z.record(z.string(), z.string().max(8192)),
]);
export type EndpointSecret = z.infer<typeof EndpointSecret>;

const LONGEST_ANSWER = 65_536;

/** What goes over the wire for a `body` that an endpoint or a `respond` step answers with. */
export function answerText(body: unknown): string {
  if (body === null || body === undefined) return '';
  return typeof body === 'string' ? body : JSON.stringify(body);
}

/** What the sender is answered; `wait` holds the request until the run's `respond` step answers. */
export const EndpointResponse = z
  .object({
    mode: z.enum(['now', 'wait']).default('now'),
    status: z.int().min(200).max(599).optional(),
    headers: z.record(z.string(), z.string()).optional(),
    body: z
      .union([z.string(), z.record(z.string(), z.unknown()), z.array(z.unknown())])
      .refine((body) => answerText(body).length <= LONGEST_ANSWER, `At most ${LONGEST_ANSWER} characters.`)
      .optional()
      .meta({ description: 'A text as it is, or an object or a list, sent as JSON.' }),
    timeoutSeconds: z.int().min(1).max(300).optional(),
  })
  .meta({ id: 'EndpointResponse' });
export type EndpointResponse = z.infer<typeof EndpointResponse>;

/** When an endpoint counts as silent: `automatic` by its usual gaps, `after` a time of one's own. */
export const SilenceAlarm = z
  .object({
    mode: z.enum(['automatic', 'after', 'off']).default('automatic'),
    minutes: z.int().min(5).max(43_200).optional(),
  })
  .refine(({ mode, minutes }) => mode !== 'after' || minutes !== undefined, {
    path: ['minutes'],
    message: 'Say after how many minutes.',
  })
  .meta({ id: 'SilenceAlarm' });
export type SilenceAlarm = z.infer<typeof SilenceAlarm>;

export const HTTP_METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;

/** All settings of an endpoint that a person sees and sets, but its secret. */
export const EndpointSettings = z
  .object({
    sender: z.string().max(64).default('any'),
    scheme: z.string().max(64).optional(),
    verify: HmacRule.optional(),
    methods: z.array(z.enum(HTTP_METHODS)).min(1).default(['POST']),
    dedupe: z
      .object({
        key: z.string().min(1).max(4096).optional().meta({ widget: 'expression' }),
        windowSeconds: z.int().min(1).max(31_536_000).default(604_800),
      })
      .optional(),
    rateLimit: z
      .object({
        perSecond: z.number().positive().max(100_000),
        burst: z.int().min(1).max(1_000_000).optional(),
      })
      .optional(),
    schema: z.union([z.boolean(), z.record(z.string(), z.unknown())]).optional(),
    maxBodyBytes: z.int().min(1).max(LIMITS.maxBodyBytes).default(LIMITS.defaultBodyBytes),
    response: EndpointResponse.optional(),
    silence: SilenceAlarm.optional().meta({ description: '`automatic` when left out.' }),
  })
  .meta({ id: 'EndpointSettings' });
export type EndpointSettings = z.infer<typeof EndpointSettings>;

/** Body of `POST /endpoints`. */
export const EndpointInput = EndpointSettings.extend({
  name: z.string().min(1).max(200),
  key: Key.optional(),
  secret: EndpointSecret.nullable().optional(),
}).meta({ id: 'EndpointInput' });
export type EndpointInput = z.infer<typeof EndpointInput>;

/** An endpoint as the API shows it; its secret never comes back. */
export const EndpointView = EndpointSettings.extend({
  id: z.uuid(),
  key: Key,
  name: z.string(),
  url: z.string(),
  token: z.string(),
  hasSecret: z.boolean(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
}).meta({ id: 'Endpoint' });
export type EndpointView = z.infer<typeof EndpointView>;

/** How the poll does whose items an endpoint keeps. */
export const PollView = z
  .object({
    isOn: z.boolean().meta({ description: 'False while no live workflow that is not paused looks.' }),
    nextAt: z.iso.datetime().nullable(),
    lookedAt: z.iso.datetime().nullable().meta({ description: 'When it looked last, in vain or not.' }),
    listed: z.int().nullable().meta({ description: 'Items in the last answer.' }),
    found: z.int().nullable().meta({ description: 'How many of them became events.' }),
    failures: z.int().meta({ description: 'Looks in a row that failed.' }),
    error: z.string().nullable().meta({ description: 'Why the last look failed.' }),
    hasCursor: z.boolean(),
  })
  .meta({ id: 'Poll' });
export type PollView = z.infer<typeof PollView>;

/** Body of `POST /endpoints/{id}/poll`. `start` forgets the cursor; keys that were seen start nothing again. */
export const PollRequest = z
  .object({ from: z.enum(['cursor', 'start']).default('cursor') })
  .default({ from: 'cursor' })
  .meta({ id: 'PollRequest' });
export type PollRequest = z.infer<typeof PollRequest>;
