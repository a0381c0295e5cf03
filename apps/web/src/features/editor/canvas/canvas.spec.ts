import { describe, expect, it } from 'vitest';
import { aDraft, aStep, hook } from '../document/facts.fixture.js';
import { addGroup, changeGroup } from '../document/edits/groups.js';
import { flowTo } from '../document/flow.js';
import { allPositions } from '../document/layout.js';
import { guidesOf, lineUnder } from './alignment.js';
import { drawnRect, drawnSteps } from './geometry.js';
import { shownLines, stageOf } from './sections.js';

const draft = aDraft(hook, aStep('a'), aStep('b'), aStep('c'));

describe('what is drawn', () => {
  const screen = { width: 1000, height: 800 };

  it('stays the same while the view moves a little', () => {
    expect(drawnRect({ x: -10, y: -10, zoom: 1 }, screen)).toEqual(
      drawnRect({ x: -20, y: -40, zoom: 1 }, screen),
    );
  });

  it('is what is seen, what is close, and both ends of a line that passes through', () => {
    const places = {
      near: { x: 0, y: 0 },
      far: { x: 0, y: 9_000 },
      above: { x: 0, y: -9_000 },
      off: { x: 9_000, y: 0 },
    };
    const within = drawnRect({ x: 0, y: 0, zoom: 1 }, screen);
    expect(drawnSteps(places, [], within)).toEqual(new Set(['near']));
    expect(drawnSteps(places, [{ source: 'above', target: 'far' }], within)).toEqual(
      new Set(['near', 'above', 'far']),
    );
  });
});

describe('a collapsed section', () => {
  const folded = changeGroup(addGroup(draft, { id: 'g', name: 'Middle', steps: ['a', 'b'] }), 'g', {
    collapsed: true,
  });

  it('stands where its steps stood, with the lines into and out of it', () => {
    const stage = stageOf(folded);
    expect(Object.keys(stage.positions)).toEqual(['hook', 'c', 'group:g']);
    expect(stage.positions['group:g']).toEqual(allPositions(folded)['a']);
    expect(shownLines(folded, stage).map(({ source, target }) => [source, target])).toEqual([
      ['hook', 'group:g'],
      ['group:g', 'c'],
    ]);
  });
});

describe('a step that is dragged', () => {
  it('shows what it is in line with', () => {
    const guides = guidesOf({ x: 2, y: 500 }, [
      { x: 0, y: 0 },
      { x: 400, y: 100 },
    ]);
    expect(guides).toEqual([{ from: { x: 126, y: 32 }, to: { x: 126, y: 532 } }]);
  });

  it('finds the line under it', () => {
    const places = { one: { x: 0, y: 0 }, two: { x: 0, y: 400 } };
    const lines = [{ source: 'one', target: 'two' }];
    expect(lineUnder({ x: 20, y: 200 }, lines, places, flowTo('down'))).toBe(lines[0]);
    expect(lineUnder({ x: 200, y: 200 }, lines, places, flowTo('down'))).toBeUndefined();
  });
});
