import { setImmediate } from 'node:timers/promises';
import { LOOP } from '@hookloom/contracts';
import { Evaluated, loopOver, output, PermanentError } from '@hookloom/step-kit';
import { expect, it } from 'vitest';
import { aWorkshop } from '../test/workshop.js';
import { packList } from './list-parts.js';

it.each([0, 1, 2])(
  'a loop that stops fails its run, although round %i of three failed first',
  async (failing) => {
    let begun = 0;
    const items = Evaluated.of(packList(['0', '1', '2']));
    const shop = aWorkshop(
      [{ id: 'each', type: LOOP.type }, { id: 'body' }],
      {
        [LOOP.type]: () => loopOver(items, { concurrency: 3, onItemError: 'stop' }),
        s1: async () => {
          begun += 1;
          if (begun === failing + 1) throw new PermanentError('This one does not work.');
          await setImmediate();
          return output('done');
        },
      },
      'pure',
    );
    Object.assign(shop.definition.edges[1] ?? {}, { sourceHandle: LOOP.each });
    await shop.go();
    expect(begun).toBe(3);
    expect(shop.end()).toMatchObject({ kind: 'finished', status: 'failed', error: { stepId: 'body' } });
  },
);
