import { POLL_TRIGGER } from '@hookloom/contracts';
import { defineStep, passOn } from '@hookloom/step-kit';
import { LOGIN_TYPES } from '../http/authorization.js';
import { PollConfig } from './poll.config.js';

/** Starts a run for every new item of a list that another server gives. */
export const triggerPollStep = defineStep<PollConfig>({
  type: POLL_TRIGGER,
  title: 'Poll a list',
  description: 'Asks another server every few minutes and starts once for every new item.',
  docs: [
    'For products that send no webhooks. While the workflow is live, the URL is fetched every few minutes; each item whose key was not seen before becomes an event whose `trigger.body` is the item. A key starts exactly one run, however many workers there are and whenever one of them dies: the events, the keys and the cursor of a look are stored together or not at all.',
    'In URL, query and headers `{{ input.cursor }}` is what “Cursor” gave after the last look, null before the first. In “Items” and “Cursor” `input` is `{ status, headers, body, cursor }`, in “Cursor” with `items` as well; in “Key of an item” `item` is the item and `index` its place. `vars` is there everywhere.',
    'A look that fails changes nothing: it is done again later, after twice the time with every failure up to an hour, and not before `Retry-After`. The step shows the last and the next look and what went wrong.',
    'An answer may have 8 MB and 2,000 items. A key is remembered for 90 days after it was last listed. Pausing and publishing keep the cursor.',
  ].join('\n\n'),
  kind: 'trigger',
  icon: 'refresh-cw',
  repeat: 'pure',
  summary: '{url}',
  synonyms: ['polling', 'fetch', 'watch', 'check', 'new items', 'rss', 'list', 'cursor'],
  handles: () => ['out'],
  ignoresConfig: true,
  connection: { types: LOGIN_TYPES, required: false },
  config: PollConfig,
  run: () => passOn('out'),
});
