import type { WorkflowView } from '@hookloom/contracts';
import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { until, type ApiClient } from '../../support/api-client.js';

const MOST_TABS = 150;
const MOST_STEPS = 20;
const STEP = /^Step \d+ of \d+/;

/** The editor as a person meets it: by role and name only. */
export class Editor {
  readonly canvas: Locator;
  readonly outline: Locator;
  readonly panel: Locator;
  readonly publishDialog: Locator;
  /** What is live and how the draft differs; opens the versions. */
  readonly versions: Locator;

  constructor(readonly page: Page) {
    this.canvas = page.getByRole('application', { name: 'Workflow canvas' });
    this.outline = page.getByRole('tree', { name: 'Workflow outline' });
    this.panel = page.getByRole('region', { name: 'Step panel' });
    this.versions = page.getByRole('button', { name: /^Versions/ });
    this.publishDialog = page.getByRole('dialog', { name: 'Publish workflow' });
  }

  /** From the list of workflows to a new one with its webhook. */
  async begin(): Promise<void> {
    await this.page.goto('/workflows');
    await this.page.getByRole('button', { name: 'New workflow', exact: true }).click();
    await this.page.getByRole('menuitem', { name: 'Start with a webhook' }).click();
    await this.panel.waitFor();
  }

  async open(workflowId: string): Promise<void> {
    await this.page.goto(`/workflows/${workflowId}/edit`);
    await this.canvas.or(this.outline).waitFor();
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  /** The card of a step on the canvas. */
  card(name: string): Locator {
    return this.canvas.getByRole('group', { name, exact: true });
  }

  /** Looks for a step type in the palette that is open, and takes the one of this title. */
  async choose(words: string, title: string): Promise<void> {
    const search = this.page.getByRole('searchbox', { name: 'Search steps' });
    await search.fill(words);
    const found = this.page.getByRole('dialog', { name: 'Add step' });
    await found.getByRole('option', { name: title, exact: true }).click();
  }

  /** A field of the step panel. */
  field(name: string): Locator {
    return this.panel
      .getByRole('textbox', { name, exact: true })
      .or(this.panel.getByRole('combobox', { name, exact: true }));
  }

  async fill(name: string, text: string): Promise<void> {
    await this.field(name).fill(text);
  }

  /** Presses Tab until the focus is there. */
  async tabTo(target: Locator): Promise<void> {
    for (let presses = 0; presses < MOST_TABS; presses += 1) {
      if (await hasFocus(target)) return;
      await this.page.keyboard.press('Tab');
    }
    throw new Error(`${MOST_TABS} presses of Tab did not reach ${String(target)}`);
  }

  /** From wherever the focus is to the card of this step, by keyboard: Tab to the canvas, then up the workflow. */
  async focusCard(name: string): Promise<void> {
    const wanted = this.card(name).getByRole('button', { name: STEP });
    await this.tabTo(this.canvas.getByRole('button', { name: STEP }).and(this.page.locator(':focus')));
    for (let presses = 0; presses < MOST_STEPS && !(await hasFocus(wanted)); presses += 1)
      await this.page.keyboard.press('ArrowUp');
    expect(await hasFocus(wanted)).toBe(true);
  }

  /** Enter takes the first hit. */
  async chooseByKeyboard(words: string, title: string): Promise<void> {
    const search = this.page.getByRole('searchbox', { name: 'Search steps' });
    await search.waitFor();
    await this.page.keyboard.type(words);
    const first = this.page.getByRole('dialog', { name: 'Add step' }).getByRole('option').first();
    await expectText(first, title);
    await this.page.keyboard.press('Enter');
  }

  async typeInto(field: string, text: string): Promise<void> {
    await this.tabTo(this.field(field));
    await this.page.keyboard.type(text);
  }

  /** Chooses an option of a list by typing its first letters. */
  async pick(field: string, option: string): Promise<void> {
    await this.tabTo(this.field(field));
    await this.page.keyboard.type(option);
  }

  /** Waits until the header says that all is on the server. */
  async saved(): Promise<void> {
    await this.page
      .getByText(/^Saved/)
      .first()
      .waitFor();
  }

  async publish(): Promise<void> {
    await this.button('Publish').click();
    await this.publishDialog.getByRole('button', { name: 'Publish', exact: true }).click();
    await this.publishDialog.waitFor({ state: 'hidden' });
  }

  get workflowId(): string {
    const id = /\/workflows\/([^/]+)\/edit/.exec(this.page.url())?.[1];
    if (id === undefined) throw new Error(`No workflow is open at ${this.page.url()}`);
    return id;
  }

  /** The draft on the server once it is as wanted. */
  async draft(
    api: ApiClient,
    what: string,
    isReady: (view: WorkflowView) => boolean = () => true,
  ): Promise<WorkflowView> {
    let seen: WorkflowView | undefined;
    return until(
      () => `${what}: ${JSON.stringify(seen?.definition)}`,
      30_000,
      async () => {
        seen = await api.do<WorkflowView>('GET', `/workflows/${this.workflowId}`);
        return isReady(seen) ? seen : undefined;
      },
    );
  }
}

/** Waits until a locator's text contains this. */
export async function expectText(locator: Locator, text: string | RegExp): Promise<void> {
  await expect.poll(() => locator.first().textContent(), { timeout: 20_000 }).toMatch(text);
}

async function hasFocus(target: Locator): Promise<boolean> {
  return (await target.and(target.page().locator(':focus')).count()) > 0;
}
