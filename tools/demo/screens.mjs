// Every screen: its name, its address, and what to do there before it is looked at. Found by role and name only.

/**
 * @param ids what `seed` made
 * @returns the screens of a signed-in person, in the order in which they are met
 */
export function screens({ live, failing, byHand, endpoint, polling, looped }) {
  const edit = `/workflows/${live}/edit`;
  const all = [
    { name: 'workflows', path: '/workflows' },
    { name: 'templates', path: '/templates' },
    { name: 'template', path: '/templates', open: openTemplate },
    { name: 'workflow', path: `/workflows/${live}` },
    { name: 'workflow-run', path: `/workflows/${byHand}`, open: startByHand },
    { name: 'editor-canvas', path: edit, open: showCanvas },
    { name: 'editor-outline', path: `${edit}?view=outline` },
    { name: 'editor-panel', path: `${edit}?step=tell`, open: showCanvas },
    { name: 'editor-trigger', path: `${edit}?step=order`, open: showCanvas },
    { name: 'editor-run', path: `${edit}?step=shape`, open: testWorkflow },
    { name: 'editor-add-step', path: edit, open: addStep },
    { name: 'editor-publish', path: edit, open: click('button', 'Publish') },
    { name: 'editor-settings', path: `${edit}?settings=open`, open: showCanvas },
    { name: 'editor-code', path: `/workflows/${byHand}/edit?step=words`, open: showCanvas },
    { name: 'editor-poll', path: `/workflows/${polling}/edit?step=tickets`, open: showCanvas },
    { name: 'editor-versions', path: edit, open: click('button', /^Versions/) },
    { name: 'events', path: '/events' },
    { name: 'events-none', path: '/events?status=held&signature=failed' },
    { name: 'event-rejected', path: '/events?status=rejected', open: openFirstRow },
    { name: 'event-body', path: '/events?status=accepted&tab=body', open: openFirstRow },
    { name: 'event-duplicate', path: '/events?status=duplicate&tab=runs', open: openFirstRow },
    { name: 'endpoints', path: '/endpoints' },
    { name: 'endpoint', path: `/endpoints/${endpoint}` },
    { name: 'runs', path: '/runs' },
    { name: 'run-failed', path: `/runs?status=failed&workflow=${failing}`, open: openFirstRow },
    {
      name: 'run-compare',
      path: '/runs?status=succeeded',
      open: compareFirstRun,
    },
    { name: 'run-succeeded', path: '/runs?status=succeeded', open: openFirstRow },
    { name: 'run-loop', path: `/runs/${looped}?step=each%5B17%5D.take` },
    { name: 'connections', path: '/connections' },
    { name: 'connection-new', path: '/connections', open: newConnection },
    { name: 'settings', path: '/settings' },
    { name: 'storage', path: '/settings/storage' },
    { name: 'commands', path: edit, open: press('Control+k', 'Command palette') },
    { name: 'shortcuts', path: '/workflows', open: press('?', 'Keyboard shortcuts') },
    { name: 'not-found', path: '/nowhere' },
  ];
  return all.map((screen) => ({ ...screen, isForPhones: !screen.path.includes('/edit') }));
}

/**
 * Pages for people without a login. They allow no script at all, so whoever looks at them with one needs a browser that
 * looks past that.
 *
 * @param ids what `seed` made
 */
export function hostedPages({ form, approval }) {
  return [
    { name: 'page-form', path: form },
    { name: 'page-approval', path: approval },
  ];
}

/** Streams stay open, so there is no idle network to wait for: a page is settled when nothing is loading. */
export async function settle(page) {
  await page.getByRole('heading').first().waitFor();
  await page.waitForFunction(() => document.querySelector('[aria-busy="true"]') === null);
  await page.evaluate(() => document.fonts.ready.then(() => true));
}

/** Opens a screen and waits until it is all there. */
export async function show(page, { path, open }) {
  await page.goto(path);
  await settle(page);
  await open?.(page);
  await settle(page);
}

async function openFirstRow(page) {
  await page.locator('tbody').getByRole('link').first().click();
  await page.waitForURL(/\/(events|runs)\/[^?]/);
}

async function compareFirstRun(page) {
  await openFirstRow(page);
  await page.getByRole('button', { name: 'More actions for this run' }).click();
  await page.getByRole('menuitem', { name: 'Compare with another run' }).click();
  await page.getByRole('dialog', { name: 'Compare runs' }).waitFor();
}

async function openTemplate(page) {
  await page.getByRole('link', { name: /Slack/ }).first().click();
  await page.getByRole('button', { name: 'Use template' }).waitFor();
}

const canvas = (page) => page.getByRole('application', { name: 'Workflow canvas' });

/** All steps of it in sight. */
async function showCanvas(page) {
  await canvas(page).getByRole('group').first().waitFor();
  await page.getByRole('button', { name: 'Fit view' }).click();
}

async function testWorkflow(page) {
  await showCanvas(page);
  await page.getByRole('button', { name: 'Test workflow' }).click();
  await canvas(page).locator('[data-status=succeeded]').nth(2).waitFor();
}

async function addStep(page) {
  await showCanvas(page);
  await page.getByRole('button', { name: 'Add step', exact: true }).click();
  await page.getByRole('searchbox', { name: 'Search steps' }).waitFor();
}

function click(role, name) {
  return async (page) => {
    await showCanvas(page);
    await page.getByRole(role, { name, exact: true }).click();
  };
}

async function startByHand(page) {
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await page.getByRole('dialog', { name: 'Run “Refund an order”' }).waitFor();
}

async function newConnection(page) {
  await page.getByRole('button', { name: 'New connection' }).first().click();
  await page.getByLabel('App').selectOption({ label: 'HTTP, OAuth 2 client credentials' });
  await page.getByLabel('Token URL').waitFor();
}

function press(keys, dialog) {
  return async (page) => {
    await page.keyboard.press(keys);
    await page.getByRole('dialog', { name: dialog }).waitFor();
  };
}
