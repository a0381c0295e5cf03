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

export function screens(ids: Omit<Seeded, 'form' | 'approval'>): readonly Screen[];
/** For people without a login; to be looked at in a browser that looks past their policy against scripts. */
export function hostedPages(ids: Pick<Seeded, 'form' | 'approval'>): readonly Screen[];
export function settle(page: Page): Promise<void>;
/** Opens a screen and waits until it is all there. */
export function show(page: Page, screen: Screen): Promise<void>;
