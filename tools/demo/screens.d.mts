import type { Page } from 'playwright-core';
import type { Seeded } from './seed.mjs';

export interface Screen {
  readonly name: string;
  readonly path: string;
  /** What to do there first. */
  readonly open?: (page: Page) => Promise<void>;
  /** Whether that can be done on a phone, where workflows are only read. */
  readonly isForPhones?: boolean;
}

export function screens(ids: Seeded): readonly Screen[];
export function settle(page: Page): Promise<void>;
/** Opens a screen and waits until it is all there. */
export function show(page: Page, screen: Screen): Promise<void>;
