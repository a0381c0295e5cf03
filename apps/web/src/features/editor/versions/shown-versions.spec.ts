import { describe, expect, it } from 'vitest';
import { fromUrlText, inOrder, toUrlText, type ShownVersions } from './shown-versions.js';

describe('what is shown of versions', () => {
  it('comes back from the address as it went in', () => {
    const all: ShownVersions[] = [
      { kind: 'closed' },
      { kind: 'list' },
      { kind: 'preview', version: 6 },
      { kind: 'compare', before: 4, after: 6 },
      { kind: 'compare', before: 6, after: 'draft' },
    ];
    expect(all.map((shown) => fromUrlText(toUrlText(shown)))).toEqual(all);
  });
  it('is the list where the address cannot be read', () => {
    expect(['x', '0', '4..', '4..5..6', 'draft..'].map((text) => fromUrlText(text).kind)).toEqual(
      Array.from({ length: 5 }, () => 'list'),
    );
  });
  it('compares from the older side to the newer one', () => {
    expect(inOrder(6, 4)).toEqual({ before: 4, after: 6 });
    expect(inOrder('draft', 9)).toEqual({ before: 9, after: 'draft' });
  });
});
