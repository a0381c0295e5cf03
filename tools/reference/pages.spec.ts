import { readFile, readdir } from 'node:fs/promises';
import { describeSenders } from '@hookloom/senders';
import { describeStepTypes } from '@hookloom/step-kit';
import { builtInSteps } from '@hookloom/steps';
import { describe, expect, it } from 'vitest';
import { referencePages } from './pages.mjs';
import { STEP_EXAMPLES } from './step-examples.mjs';

const docs = new URL('../../docs/', import.meta.url);
const pages = referencePages({ senders: describeSenders(), steps: describeStepTypes(builtInSteps) });

describe('the pages that `npm run docs` writes', () => {
  it.each([...pages])('%s is what the definitions say', async (path, text) => {
    expect(await readFile(new URL(path, docs), 'utf8')).toBe(text);
  });

  it('are there for every sender and step type, and for no other', async () => {
    for (const folder of ['senders', 'steps']) {
      const files = (await readdir(new URL(folder, docs))).map((file) => `${folder}/${file}`);
      const wanted = [...pages.keys()].filter((path) => path.startsWith(`${folder}/`));
      expect(files.toSorted()).toEqual(wanted.toSorted());
    }
  });

  it.each([...builtInSteps.values()].map((step) => [step.type, step] as const))(
    '%s has an example that fits',
    (type, step) => {
      expect(step.config.safeParse(STEP_EXAMPLES[type]?.config).error?.issues ?? []).toEqual([]);
    },
  );

  it('say where the URL goes, what is signed and what to do when it fails', () => {
    const stripe = pages.get('senders/stripe.md');
    for (const text of ['Developers, Webhooks', 'stripe-signature', '300 s', 'Compare the stored secret'])
      expect(stripe).toContain(text);
    expect(pages.get('senders/twilio.md')).toContain('HOOKLOOM_PUBLIC_URL');
  });
});
