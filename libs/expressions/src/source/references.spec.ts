import { describe, expect, it } from 'vitest';
import { conformanceCases, evaluateBare, expectedOf, scopeDocument } from '../../test/conformance.js';
import { referencesOf, type NamedReferences } from './references.js';

const named = (source: string): NamedReferences => {
  const references = referencesOf(source);
  if (references === 'all') throw new Error(`${source} is unknowable`);
  return references;
};

describe('what an expression reads', () => {
  it.each([
    ['trigger.headers.host', ['trigger'], [], false],
    ['trigger.body.id + vars.rate', ['trigger', 'vars'], [], true],
    ['trigger', ['trigger'], [], true],
    ['trigger.*', ['trigger'], [], true],
    ['steps.a.b & steps.`c`.d', ['steps'], ['a', 'c'], false],
    ['$$.steps.a', ['steps'], ['a'], false],
    ['$.run.id', ['run'], [], false],
    ['trigger.body.items.(price * rate)', ['trigger'], [], true],
    ['trigger.body.items[price > vars]', ['trigger'], [], true],
    ['$map(steps.a, function($v){ $v * vars.rate })', ['steps', 'vars'], ['a'], false],
    ['steps.a ~> $keys', ['steps'], ['a'], false],
    ['item.sku = "x" ? index : nothing', ['item', 'index', 'nothing'], [], false],
    ['trigger@$t.vars', ['trigger', 'vars'], [], true],
    ['steps.a^(>b){c: d}', ['steps'], ['a'], false],
    ['"text"', [], [], false],
  ])('%s', (source, roots, steps, body) => {
    expect(named(source)).toEqual({ roots, steps, body });
  });

  it.each(['steps', 'steps.*', '$lookup(steps, "a")', 'steps[0].a', 'steps.(a)', '$keys(steps)'])(
    '%s reads all steps',
    (source) => {
      expect(named(source).steps).toBe('all');
    },
  );

  it.each([
    '$',
    '$$',
    '*',
    '**.id',
    '$eval("trigger")',
    '($e := $eval; $e("trigger"))',
    '$keys()',
    '$lookup("vars")',
    '($k := $keys; $k())',
    '(true ? $keys : $string)()',
    'trigger.%.vars',
    '$each(function($v){ $v })',
    '($f := function($x)<o-:o>{ $x }; $f())',
    '$ ~> |vars|{"a": 1}|',
    'not valid (',
  ])('%s may read anything', (source) => {
    expect(referencesOf(source)).toBe('all');
  });

  it('is never too little: every case gives the same from only what it reads', async () => {
    const differing: string[] = [];
    for (const one of conformanceCases) {
      const references = referencesOf(one.expression);
      if (references === 'all') continue;
      const verdict = await evaluateBare(one.expression, reduced(references));
      if (JSON.stringify(verdict) !== JSON.stringify(expectedOf(one))) differing.push(one.expression);
    }
    expect(differing).toEqual([]);
  });
});

function reduced({ roots, steps, body }: NamedReferences): Record<string, unknown> {
  const document = Object.fromEntries(Object.entries(scopeDocument).filter(([name]) => roots.includes(name)));
  if (document['trigger'] && !body) document['trigger'] = { ...document['trigger'], body: undefined };
  if (document['steps'] && steps !== 'all') {
    document['steps'] = Object.fromEntries(
      Object.entries(document['steps']).filter(([id]) => steps.includes(id)),
    );
  }
  return document;
}
