import { textsAt } from '@hookloom/contracts';
import { checkConfig, configSchemaOf, describeStepTypes, expressionPathsOf } from '@hookloom/step-kit';
import { describe, expect, it } from 'vitest';
import { builtInSteps } from './index.js';

/** Required fields by the contract, the connection among them. */
const REQUIRED: Record<string, string[]> = {
  'trigger.webhook': [],
  'trigger.form': [],
  'trigger.manual': [],
  'trigger.schedule': ['cron'],
  'trigger.poll': ['url', 'key'],
  'trigger.subworkflow': [],
  'trigger.error': [],
  transform: ['expression'],
  code: ['source'],
  if: ['condition'],
  switch: ['cases'],
  filter: ['condition'],
  foreach: ['items'],
  delay: [],
  wait: ['kind'],
  workflow: ['workflow'],
  http: ['url'],
  email: ['connection', 'to', 'subject'],
  slack: ['connection', 'text'],
  respond: [],
  stop: [],
};

/** All config fields by the contract. */
const FIELDS: Record<string, string[]> = {
  'trigger.webhook': ['endpoint', 'sender', 'filter'],
  'trigger.form': ['endpoint', 'title', 'text', 'fields', 'button', 'thanks', 'redirect'],
  'trigger.manual': ['fields'],
  'trigger.schedule': ['cron', 'timezone', 'misfire'],
  'trigger.poll': [
    'endpoint',
    'connection',
    'url',
    'everyMinutes',
    'items',
    'key',
    'cursor',
    'first',
    'headers',
    'query',
  ],
  'trigger.subworkflow': [],
  'trigger.error': [],
  transform: ['expression'],
  code: ['source'],
  if: ['condition'],
  switch: ['cases'],
  filter: ['condition'],
  foreach: ['items', 'concurrency', 'onItemError'],
  delay: ['seconds', 'until'],
  wait: ['kind', 'timeoutSeconds', 'title', 'message', 'fields'],
  workflow: ['workflow', 'input'],
  http: [
    'method',
    'url',
    'headers',
    'query',
    'bodyType',
    'body',
    'responseType',
    'followRedirects',
    'acceptStatus',
    'pagination',
    'connection',
  ],
  email: ['connection', 'to', 'cc', 'bcc', 'replyTo', 'from', 'subject', 'text', 'html', 'attachments'],
  slack: ['connection', 'channel', 'text', 'blocks', 'threadTs'],
  respond: ['status', 'headers', 'body'],
  stop: ['status', 'message'],
};

describe.each([...builtInSteps])('the step type %s', (type, step) => {
  it('has the fields of the contract and no other', () => {
    expect(Object.keys(configSchemaOf(step).properties ?? {}).sort()).toEqual(
      [...(FIELDS[type] ?? [])].sort(),
    );
  });

  it('asks for exactly what the contract requires', () => {
    const missing = checkConfig(step, {}).filter(({ code }) => code === 'missing_field');
    expect(missing.map(({ path }) => path).sort()).toEqual([...(REQUIRED[type] ?? [])].sort());
  });

  it('tells the editor by data which handles a config adds', () => {
    const cases = [{ handle: 'one' }, { handle: 'two' }];
    const added = step.handlesFrom === undefined ? [] : textsAt({ cases }, step.handlesFrom);
    expect(step.handles({ cases })).toEqual([...added, ...step.handles({})]);
  });

  it('says for every field how it is drawn', () => {
    for (const field of Object.values(configSchemaOf(step).properties ?? {})) {
      expect(field).toMatchObject({ title: expect.any(String), widget: expect.any(String) });
    }
  });

  it('takes an emptied form for a config without those fields', () => {
    const emptied = Object.fromEntries((FIELDS[type] ?? []).map((field) => [field, null]));
    const problems = checkConfig(step, emptied).filter(({ blocking }) => blocking);
    expect(problems.map(({ path }) => path).sort()).toEqual([...(REQUIRED[type] ?? [])].sort());
  });
});

describe('builtInSteps', () => {
  it('can be sent as JSON', () => {
    const views = describeStepTypes(builtInSteps);
    expect(views.map(({ type }) => type)).toEqual(Object.keys(FIELDS));
    expect(JSON.parse(JSON.stringify(views))).toEqual(views);
  });

  it('marks its bare JSONata', () => {
    const marked = [...builtInSteps.values()].map((step) => [step.type, expressionPathsOf(step)]);
    expect(Object.fromEntries(marked)).toMatchObject({
      'trigger.webhook': { condition: ['filter'] },
      transform: { expression: ['expression'] },
      code: { expression: [], code: ['source'] },
      if: { condition: ['condition'] },
      filter: { condition: ['condition'] },
      foreach: { expression: [], list: ['items'] },
      http: { expression: [], list: [], condition: [], url: ['url'] },
    });
  });
});
