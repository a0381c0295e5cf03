import type { Page } from 'playwright-core';

/** What must never happen on a page, as it happened. */
export interface Watch {
  readonly findings: readonly string[];
  /** From now on, what fits is expected: a test that takes the server away hears the browser complain. */
  expectErrors(pattern: RegExp): void;
}

/** Notes console errors, uncaught errors and requests that leave the product's origin. */
export function watchPage(page: Page, origin: string): Watch {
  const findings: string[] = [];
  const expected: RegExp[] = [];
  const note = (finding: string): void => {
    if (!expected.some((pattern) => pattern.test(finding))) findings.push(finding);
  };
  page.on('console', (message) => {
    if (message.type() !== 'error') return;
    note(`console: ${message.text()} (${message.location().url}, on ${page.url()})`);
  });
  page.on('pageerror', (error) => note(`uncaught on ${page.url()}: ${error.stack ?? error.message}`));
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(`${origin}/`) && !url.startsWith('blob:') && !url.startsWith('data:'))
      note(`request to another origin: ${url}`);
  });
  return { findings, expectErrors: (pattern) => void expected.push(pattern) };
}
