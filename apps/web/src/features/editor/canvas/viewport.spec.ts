import { describe, expect, it } from 'vitest';
import { firstView, viewOfAll, viewWith } from './viewport.js';

const screen = { width: 1000, height: 800 };

describe('the view of the canvas', () => {
  it('begins at the top and in the middle, at its own size, where all fits', () => {
    const view = viewOfAll([{ x: 100, y: 50 }], screen, 0.1);
    expect(view.zoom).toBe(1);
    expect(view.y + 50).toBe(80);
    expect(view.x + 100 + 124).toBe(500);
  });

  it('zooms out until everything is there', () => {
    const view = viewOfAll(
      [
        { x: 0, y: 0 },
        { x: 0, y: 4_000 },
      ],
      screen,
      0.1,
    );
    expect(view.zoom).toBeLessThan(0.2);
    expect(viewWith({ x: 0, y: 4_000 }, view, screen)).toEqual(view);
  });

  it('opens a long workflow at its beginning, where it can be read', () => {
    const view = firstView(
      [
        { x: 40, y: 8 },
        { x: 0, y: 4_000 },
      ],
      screen,
    );
    expect(view).toEqual({ x: 336, y: 72, zoom: 1 });
  });

  it('moves no further than needed to show a step', () => {
    const view = { x: 0, y: 0, zoom: 1 };
    expect(viewWith({ x: 100, y: 100 }, view, screen)).toBe(view);
    expect(viewWith({ x: 100, y: 700 }, view, screen)).toEqual({ x: 0, y: -156, zoom: 1 });
    expect(viewWith({ x: -300, y: 100 }, view, screen)).toEqual({ x: 332, y: 0, zoom: 1 });
  });
});
