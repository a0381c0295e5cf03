import { LOOP, ON_ITEM_ERROR } from '@hookloom/contracts';
import { defineStep, loopOver } from '@hookloom/step-kit';
import { z } from 'zod';
import { valueOf } from '../evaluated.js';
import { choice, expression, wholeNumber } from '../fields.js';

/** Rounds of one loop side by side at the most. */
const MAX_CONCURRENCY = 100;

/** Does the steps behind its handle `each` once for every item, then goes on by `done` with what they gave. */
export const foreachStep = defineStep({
  type: LOOP.type,
  title: 'For each',
  description: 'Does the steps behind “each” for every item of a list, then goes on by “done”.',
  docs: [
    'All steps that can be reached from “each” are done once for every item. They read it as `item` (its number, from 0, as `index`); the first of them has it as `input`, and `steps.<id of this step>` is the item too, which helps where loops stand in one another.',
    'What follows the loop hangs on “done”. Its input is a list of what the last step of each round gave, in the order of the items, however many rounds are done side by side. Where several branches of a round end, that is an object by step id. No edge may lead out of the rounds.',
    'A value that is no list is a list of one; nothing is an empty list.',
    'When a step of a round fails for good: “stop” begins no further round and the loop fails with that error; “continue” puts null into the list, “collect” puts `{ "error": … }`, and the loop goes on. A retry of a failed loop goes on with the rounds that were not finished.',
  ].join('\n\n'),
  kind: 'logic',
  icon: 'repeat',
  repeat: 'pure',
  summary: '{items}',
  synonyms: ['loop', 'iterate', 'map', 'each', 'items', 'split in batches'],
  handles: () => [LOOP.each, LOOP.done],
  mainHandle: LOOP.done,
  config: z.object({
    items: expression({
      title: 'Items',
      description: 'JSONata that gives a list, for example: trigger.body.lines',
      result: 'list',
    }),
    concurrency: wholeNumber(
      { min: 1, max: MAX_CONCURRENCY, fallback: 1 },
      {
        title: 'At the same time',
        description: 'How many rounds are done side by side; 1 does them one after the other.',
        advanced: true,
      },
    ),
    onItemError: choice(ON_ITEM_ERROR, 'stop', {
      title: 'When a round fails',
      description: 'Stop the loop, go on with null in its place, or go on with the error in its place.',
    }),
  }),
  run: ({ config, evaluated }) =>
    loopOver(valueOf(evaluated, 'items'), {
      concurrency: config.concurrency,
      onItemError: config.onItemError,
    }),
});
