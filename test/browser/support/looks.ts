/// <reference lib="dom" />
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import type { AxeResults } from 'axe-core';

declare global {
  var axe: { run(context: Document, options: object): Promise<AxeResults> };
}

const axeSource = readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/**
 * Serious and critical findings of axe on the page as it stands, one line each.
 *
 * @param rules axe's names of the rules to look for; all of them when left out
 */
export async function seriousFindings(page: Page, rules?: readonly string[]): Promise<string[]> {
  await page.evaluate(await axeSource);
  return page.evaluate(async (only) => {
    const options = { resultTypes: ['violations'], ...(only && { runOnly: only }) };
    const { violations } = await globalThis.axe.run(document, options);
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
  }, rules);
}

/** By how many pixels the page can be scrolled sideways. */
export function sidewaysScroll(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

/**
 * Controls that a finger would miss: lower than 44 px. A label and a table row that is one link count as its target;
 * links within a sentence, the canvas (which is only looked at on a phone) and what is covered do not count.
 */
export function smallTargets(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const controls = document.querySelectorAll('a[href], button, input, select, textarea, [role=tab]');
    const within = '[role=application], [inert], [aria-hidden=true], p, dd, .skip';
    return [...controls].flatMap((control) => {
      if (control.closest(within) ?? control.getAttribute('tabindex') === '-1') return [];
      const framed = control.matches('input') ? control.parentElement : null;
      const target = control.closest('label, tr') ?? framed ?? control;
      const stretched = getComputedStyle(control, '::after').position === 'absolute';
      const area = stretched && control instanceof HTMLElement ? (control.offsetParent ?? target) : target;
      const { height, width, top, left } = area.getBoundingClientRect();
      if (width <= 1 || height >= 44 || !control.checkVisibility({ visibilityProperty: true })) return [];
      const hit = document.elementFromPoint(left + width / 2, top + height / 2);
      if (hit !== null && !area.contains(hit)) return [];
      const name = control.getAttribute('aria-label') ?? control.textContent?.trim() ?? '';
      return [`${control.tagName.toLowerCase()} "${name.slice(0, 40)}" is ${Math.round(height)} px high`];
    });
  });
}
