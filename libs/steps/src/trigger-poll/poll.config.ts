import { Key } from '@hookloom/contracts';
import { z } from 'zod';
import { choice, expression, NameValues, optional, text, wholeNumber } from '../fields.js';

const DAY_MINUTES = 1_440;

/** The settings of a `trigger.poll`. */
export const PollConfig = z.object({
  endpoint: optional(Key, {
    title: 'Looks',
    description: 'Where what is found is kept. Left out: a new place is made when saving.',
    widget: 'endpoint',
  }),
  connection: optional(Key, {
    title: 'Connection',
    description: 'The account whose login is sent along.',
    widget: 'connection',
  }),
  url: text({
    title: 'URL',
    description: 'A list in JSON. {{ input.cursor }} is what was kept by “Cursor” the last time.',
    placeholder: 'https://api.example.com/orders?since={{ input.cursor }}',
    widget: 'url',
  }),
  everyMinutes: wholeNumber(
    { min: 1, max: DAY_MINUTES, fallback: 5 },
    { title: 'Every … minutes', description: 'From the end of one look to the next.' },
  ),
  items: optional(z.string().trim().max(65_536), {
    title: 'Items',
    description: 'The list in the answer: input is {status, headers, body, cursor}. Left out: input.body',
    placeholder: 'input.body.orders',
    widget: 'expression',
    result: 'list',
  }),
  key: expression({
    title: 'Key of an item',
    description: 'What tells one item from another; each key starts one run, however often it is listed.',
    placeholder: 'item.id',
  }),
  cursor: optional(z.string().trim().max(65_536), {
    title: 'Cursor',
    description:
      'What the next look begins from: input also has items. Where it gives nothing the last one stays.',
    placeholder: '$sort(input.items.updated_at)[-1]',
    widget: 'expression',
  }),
  first: choice(['new', 'all'], 'new', {
    title: 'At the first look',
    description: 'new: what is listed already starts nothing. all: every item starts a run.',
  }),
  headers: optional(NameValues, { title: 'Headers', widget: 'key-values', advanced: true }),
  query: optional(NameValues, {
    title: 'Query',
    description: 'Added to the URL; a list repeats the name.',
    widget: 'key-values',
    advanced: true,
  }),
});
export type PollConfig = z.infer<typeof PollConfig>;
