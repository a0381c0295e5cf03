import { HTTP_METHODS, Key } from '@hookloom/contracts';
import { z } from 'zod';
import { choice, NameValues, optional, toText } from '../fields.js';
import { parseAcceptStatus } from './accept-status.js';

export const BODY_TYPES = ['json', 'form', 'multipart', 'text', 'file', 'none'] as const;
export const RESPONSE_TYPES = ['auto', 'json', 'text', 'base64'] as const;

const Url = z.preprocess(
  toText,
  z
    .string()
    .trim()
    .max(8192)
    .regex(/^https?:\/\/[^/?#\s]/i, 'Begin with http:// or https:// and a host.'),
);

const Method = z
  .preprocess(
    (value) => (typeof value === 'string' && value !== '' ? value.toUpperCase() : 'GET'),
    z.enum(HTTP_METHODS),
  )
  .optional()
  .transform((method) => method ?? 'GET')
  .meta({ title: 'Method', widget: 'select', default: 'GET' });

const StatusRule = z.union([z.int().min(100).max(599), z.string().max(200)]);
const AcceptStatus = z
  .union([z.array(StatusRule), StatusRule])
  .refine((rules) => parseAcceptStatus(rules) !== undefined, 'Write statuses such as 404, 4xx or 400-409.');

/** Follows the pages of a list and joins their items. */
const Pagination = z.object({
  next: z
    .enum(['link-header', 'body', 'parameter'])
    .meta({ title: 'Next page', description: 'Where the next page is found.', widget: 'select' }),
  path: z
    .string()
    .max(200)
    .optional()
    .meta({ title: 'Path', description: 'body: dot path to the URL of the next page.', widget: 'text' }),
  parameter: z
    .string()
    .max(100)
    .default('page')
    .meta({ title: 'Parameter', description: 'parameter: the query parameter that counts.', widget: 'text' }),
  start: z
    .int()
    .default(1)
    .meta({ title: 'First page', description: 'parameter: its first value.', widget: 'number' }),
  items: z.string().max(200).optional().meta({
    title: 'Items',
    description: 'Dot path to the list in each page; left out: the page is the list.',
    widget: 'text',
  }),
  maxPages: z.int().min(1).max(100).default(10).meta({ title: 'Pages at most', widget: 'number' }),
});
export type Pagination = z.infer<typeof Pagination>;

/** The settings of an `http` step. */
export const HttpConfig = z.object({
  connection: optional(Key, {
    title: 'Connection',
    description: 'The account whose login is sent along.',
    widget: 'connection',
  }),
  method: Method,
  url: Url.meta({ title: 'URL', placeholder: 'https://api.example.com/orders', widget: 'url' }),
  query: optional(NameValues, {
    title: 'Query',
    description: 'Added to the URL; a list repeats the name.',
    widget: 'key-values',
  }),
  headers: optional(NameValues, { title: 'Headers', widget: 'key-values' }),
  bodyType: optional(z.enum(BODY_TYPES), {
    title: 'Body type',
    description: 'JSON if there is a body and nothing else is chosen. file: the body is one file.',
    widget: 'select',
  }),
  body: z.unknown().optional().meta({
    title: 'Body',
    description:
      'For JSON any value, or text that is JSON. For a form and multipart the fields by name; a file of the trigger such as {{ trigger.body.invoice }} becomes a file.',
    widget: 'json',
  }),
  responseType: choice(RESPONSE_TYPES, 'auto', {
    title: 'Answer as',
    description: 'auto goes by its content type.',
    advanced: true,
  }),
  followRedirects: z
    .preprocess((value) => value ?? false, z.boolean())
    .optional()
    .transform((value) => value ?? false)
    .meta({
      title: 'Follow redirects',
      description: 'At most 5. Logins are not sent to another host.',
      widget: 'switch',
      default: false,
      advanced: true,
    }),
  acceptStatus: optional(AcceptStatus, {
    title: 'Accepted statuses',
    description: 'Answers of 400 or more that are no error here: 404, 4xx, 400-409, or a list of these.',
    widget: 'text',
    advanced: true,
  }),
  pagination: optional(Pagination, {
    title: 'Pages',
    description: 'Fetches page after page and joins their items in body.',
    widget: 'json',
    advanced: true,
  }),
});
export type HttpConfig = z.infer<typeof HttpConfig>;
