import { z } from 'zod';
import { Key } from './keys.js';
import { WORKFLOW_STATUSES } from './words.js';

const secret = { secret: true } as const;

/** What each connection type holds; a field marked `secret` is redacted by value wherever it might appear. */
export const CONNECTION_TYPES = {
  smtp: z
    .object({
      host: z.string().min(1).max(255).meta({ title: 'Host' }),
      port: z.int().min(1).max(65535).meta({ title: 'Port' }),
      secure: z.boolean().default(false).meta({
        title: 'TLS from the first byte',
        description: 'On for port 465. Off: STARTTLS is used where offered.',
      }),
      user: z.string().max(255).optional().meta({ title: 'User' }),
      password: z
        .string()
        .max(1024)
        .optional()
        .meta({ title: 'Password', ...secret }),
      from: z
        .string()
        .min(3)
        .max(320)
        .meta({ title: 'From', description: 'An address, or a name with an address in <>.' }),
    })
    .meta({ title: 'E-mail server', description: 'Sends mail through an SMTP server.' }),
  'http.basic': z
    .object({
      user: z.string().max(1024).meta({ title: 'User' }),
      password: z
        .string()
        .max(1024)
        .meta({ title: 'Password', ...secret }),
    })
    .meta({ title: 'HTTP, user and password', description: 'Basic authentication.' }),
  'http.bearer': z
    .object({
      token: z
        .string()
        .min(1)
        .max(8192)
        .meta({ title: 'Token', ...secret }),
    })
    .meta({ title: 'HTTP, bearer token', description: 'Sent as Authorization: Bearer.' }),
  'http.header': z
    .object({
      name: z
        .string()
        .min(1)
        .max(128)
        .regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/, 'Not a header name.')
        .meta({ title: 'Header' }),
      value: z
        .string()
        .min(1)
        .max(8192)
        .meta({ title: 'Value', ...secret }),
    })
    .meta({ title: 'HTTP, header', description: 'A header with a secret value, such as X-Api-Key.' }),
  'http.oauth2': z
    .object({
      tokenUrl: z
        .url({ protocol: /^https?$/ })
        .max(2048)
        .meta({
          title: 'Token URL',
          description: 'Where tokens are asked for, as https://login.example.com/oauth/token.',
        }),
      clientId: z.string().min(1).max(1024).meta({ title: 'Client id' }),
      clientSecret: z
        .string()
        .min(1)
        .max(8192)
        .meta({ title: 'Client secret', ...secret }),
      scope: z.string().max(2048).optional().meta({
        title: 'Scope',
        description: 'Names with blanks between them, where the provider asks for some.',
      }),
      audience: z.string().max(2048).optional().meta({
        title: 'Audience',
        description: 'The API that the token is for, where the provider asks for it.',
      }),
      authentication: z
        .enum(['header', 'body'])
        .default('header')
        .meta({
          title: 'Client id and secret are sent',
          description: 'Most providers take them in the header; some want them as fields of the form.',
          labels: { header: 'In the header, as Basic authentication', body: 'In the body' },
        }),
    })
    .meta({
      title: 'HTTP, OAuth 2 client credentials',
      description: 'A token is asked for with the id and secret of an app, and renewed by itself.',
    }),
  'slack.webhook': z
    .object({
      url: z
        .url({ protocol: /^https?$/ })
        .max(2048)
        .meta({ title: 'Webhook URL', ...secret }),
    })
    .meta({ title: 'Slack, incoming webhook', description: 'Posts to one channel.' }),
  'slack.bot': z
    .object({
      token: z
        .string()
        .min(1)
        .max(1024)
        .meta({ title: 'Bot token', ...secret }),
      apiUrl: z
        .url({ protocol: /^https?$/ })
        .max(2048)
        .optional()
        .meta({
          title: 'API address',
          description: 'Only for a compatible server; default https://slack.com/api.',
        }),
    })
    .meta({ title: 'Slack, bot', description: 'Posts to any channel the bot was invited to.' }),
} as const;
export type ConnectionType = keyof typeof CONNECTION_TYPES;

export function isConnectionType(type: string): type is ConnectionType {
  return Object.hasOwn(CONNECTION_TYPES, type);
}

/** The texts in a connection's data that must never be shown, by the schema's `secret` marks. */
export function secretsOf(type: ConnectionType, data: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(CONNECTION_TYPES[type].shape).flatMap(([field, schema]) => {
    const value = data[field];
    return schema.meta()?.['secret'] === true && typeof value === 'string' ? [value] : [];
  });
}

/** Whether a connection works, as its last test said; `untested` since its data was changed. */
export const CONNECTION_STATUSES = ['untested', 'ok', 'broken'] as const;
export type ConnectionStatus = (typeof CONNECTION_STATUSES)[number];

export const ConnectionInput = z
  .object({
    name: z.string().trim().min(1).max(200),
    key: Key.optional(),
    type: z.string().max(64),
    data: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'ConnectionInput' });
export type ConnectionInput = z.infer<typeof ConnectionInput>;

/** Body of `PATCH /connections/{id}`: fields of `data` that are left out stay as stored, `null` takes one away. */
export const ConnectionChange = z
  .object({
    name: z.string().trim().min(1).max(200).optional(),
    data: z.record(z.string(), z.unknown()).optional(),
  })
  .meta({ id: 'ConnectionChange' });
export type ConnectionChange = z.infer<typeof ConnectionChange>;

/** A workflow that names a connection. */
export const ConnectionUser = z
  .object({ id: z.uuid(), key: Key, name: z.string(), status: z.enum(WORKFLOW_STATUSES) })
  .meta({ id: 'ConnectionUser' });
export type ConnectionUser = z.infer<typeof ConnectionUser>;

export const ConnectionView = z
  .object({
    id: z.uuid(),
    key: Key,
    name: z.string(),
    type: z.string(),
    status: z.enum(CONNECTION_STATUSES),
    checkedAt: z.iso.datetime().nullable().meta({ description: 'When it was last tested.' }),
    checkMessage: z.string().nullable().meta({ description: 'What the last test said.' }),
    lastUsedAt: z.iso.datetime().nullable().meta({ description: 'To the minute.' }),
    usedBy: z.int().meta({ description: 'How many workflows name it, in their draft or live version.' }),
    createdBy: z.string().nullable(),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: 'Connection' });
export type ConnectionView = z.infer<typeof ConnectionView>;

export const VariableInput = z
  .object({
    key: z.string().regex(/^[a-zA-Z][a-zA-Z0-9_]{0,63}$/, 'Letters, digits and _ only; begin with a letter.'),
    value: z.unknown(),
  })
  .meta({ id: 'VariableInput' });
export const VariableView = VariableInput.extend({
  id: z.uuid(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
}).meta({ id: 'Variable' });
export type VariableView = z.infer<typeof VariableView>;
