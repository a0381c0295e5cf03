import { describe, expect, it } from 'vitest';
import { CATALOGUE } from './index.js';
import { describeSenders, SenderView } from '../describe.js';
import { Place } from '../model/place.js';
import { Sender, secretFields } from '../model/sender.js';
import { SENDERS } from './senders.js';
import { unknownNames } from '../check/template.js';

const BUILT_IN = [...SENDERS.values()];

describe('the catalogue', () => {
  it('knows 149 products, each once, and the two generic senders', () => {
    expect(CATALOGUE).toHaveLength(149);
    expect(SENDERS.size).toBe(151);
    for (const id of ['any', 'hmac', 'standard-webhooks', 'svix', 'github', 'stripe']) {
      expect(SENDERS.has(id)).toBe(true);
    }
  });

  it.each(BUILT_IN)('$id is of the declared shape', (sender) => {
    expect(Sender.safeParse(sender).error?.issues ?? []).toEqual([]);
  });

  it.each(BUILT_IN)('$id names its schemes and secret fields once each', (sender) => {
    const schemes = sender.schemes.map(({ id }) => id);
    const fields = secretFields(sender).map(({ name }) => name);
    expect(new Set(schemes).size).toBe(schemes.length);
    expect(new Set(fields).size).toBe(fields.length);
  });

  it.each(BUILT_IN)('$id signs only what its templates and variables say', (sender) => {
    for (const scheme of sender.schemes) {
      if (!('signed' in scheme)) continue;
      const names = Object.keys(scheme.vars ?? {});
      const templates = 'template' in scheme.signed ? [scheme.signed.template].flat() : [];
      expect(templates.flatMap((template) => unknownNames(template, names))).toEqual([]);
      if (scheme.timestamp) expect(names).toContain(scheme.timestamp.var);
    }
  });

  it.each(BUILT_IN)('$id reads only secret fields that a form asks for', (sender) => {
    const known = secretFields(sender).map(({ name }) => name);
    const text = JSON.stringify([sender.schemes, sender.handshakes]);
    const used = [...text.matchAll(/"(?:field|keyField)":"(\w+)"|secret:(\w+)/g)].map(
      ([, one, other]) => one ?? other,
    );
    expect(used.filter((name) => name !== undefined && !known.includes(name))).toEqual([]);
  });

  it.each(BUILT_IN)('$id writes header names in lower case', (sender) => {
    const places = [...JSON.stringify(sender).matchAll(/"(header:[^"]+)"/g)].map(([, place]) => place);
    for (const place of places) {
      expect(Place.safeParse(place).success).toBe(true);
      expect(place?.replace(/\{\w+\}/, '')).toBe(place?.replace(/\{\w+\}/, '').toLowerCase());
    }
  });

  it('uses one family of algorithms in each token scheme', () => {
    for (const scheme of BUILT_IN.flatMap(({ schemes }) => schemes)) {
      if (scheme.kind === 'jwt') {
        expect(new Set(scheme.algorithms.map((name) => name.slice(0, 2))).size).toBe(1);
      }
    }
  });
});

describe('describeSenders', () => {
  it('shows every sender in the published shape', () => {
    const views = describeSenders();
    expect(views.map(({ id }) => id)).toEqual([...SENDERS.keys()]);
    for (const view of views) expect(SenderView.safeParse(view).error?.issues ?? []).toEqual([]);
  });

  it('says what GitHub needs and how far to trust it', () => {
    const github = describeSenders().find(({ id }) => id === 'github');
    expect(github).toMatchObject({
      confidence: 'vendor',
      secretFields: [{ name: 'secret', label: 'Secret' }],
      eventId: { from: ['header x-github-delivery'] },
      eventType: { from: ['header x-github-event'] },
    });
    expect(github?.schemes[0]).toMatchObject({
      kind: 'hmac',
      coversBody: true,
      coversUrl: false,
      needsPublishedKey: false,
    });
  });

  it('asks for no secret where no check is offered', () => {
    const views = describeSenders();
    expect(views.filter(({ secretFields: fields }) => fields.length === 0).map(({ id }) => id)).toEqual([
      'any',
      'salesforce',
    ]);
  });
});
