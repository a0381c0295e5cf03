/** What the bench of the web app measures in a page; all times in milliseconds. */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from './processes.mjs';

const BUILT = join(ROOT, 'apps/web/dist');

export async function signIn(page, { email, password }) {
  await page.goto('/');
  await page.getByRole('textbox', { name: 'Email' }).fill(email);
  await page.getByRole('textbox', { name: 'Password' }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('button', { name: 'New workflow' }).first().waitFor();
}

/** A first visit with an empty cache, signed in: what is loaded, and when the page can be used. */
export async function firstLoad(browser, signedIn, baseURL) {
  const context = await browser.newContext({ baseURL, storageState: await signedIn.storageState() });
  const page = await context.newPage();
  const scripts = new Set();
  page.on('request', (request) => {
    if (request.resourceType() === 'script') scripts.add(new URL(request.url()).pathname);
  });
  await page.goto('/workflows', { waitUntil: 'commit' });
  const ms = await untilPainted(page, 'main button:not(:disabled)');
  const sizes = await Promise.all([...scripts].map((name) => stat(join(BUILT, `${name}.gz`))));
  await context.close();
  return { ms, kB: sizes.reduce((sum, { size }) => sum + size, 0) / 1_000 };
}

/** A fresh visit to the editor, until its first steps can be seen. */
export async function openingMs(page, path) {
  await page.goto('about:blank');
  await page.goto(path, { waitUntil: 'commit' });
  return untilPainted(page, '[data-step]');
}

/** Milliseconds from the navigation's start until something is visible and drawn. */
function untilPainted(page, selector) {
  return page.evaluate(
    (wanted) =>
      new Promise((resolve) => {
        const look = () => {
          const found = document.querySelector(wanted);
          if (found?.checkVisibility({ visibilityProperty: true }) !== true)
            return requestAnimationFrame(look);
          requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now())));
        };
        look();
      }),
    selector,
  );
}

/** The 95th percentile of the frames while a step is dragged to and fro. */
export async function dragFrames(page) {
  const step = page.locator('.vue-flow__node-step').nth(2);
  const { x, y, width, height } = await step.boundingBox();
  const from = { x: x + width / 2, y: y + height / 2 };
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  const p95 = await framesDuring(page, async () => {
    for (let at = 0; at < 90; at += 1) await page.mouse.move(from.x + swing(at), from.y + swing(at) / 2);
  });
  await page.mouse.up();
  return p95;
}

/** The 95th percentile of the frames while the canvas is panned with the wheel. */
export async function panFrames(page) {
  const { x, y, width, height } = await page.getByRole('application').boundingBox();
  await page.mouse.move(x + width / 2, y + height / 3);
  return framesDuring(page, async () => {
    for (let at = 0; at < 90; at += 1) await page.mouse.wheel(0, at < 60 ? 60 : -60);
  });
}

/** From the last letter typed into a mapped field until the preview under it shows it. */
export async function previewMs(page, round) {
  const word = `word${round}`;
  await page.getByRole('textbox', { name: 'URL', exact: true }).click();
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText(`https://example.com/{{ $count(trigger.body.rows) }}/${word.slice(0, -1)}`);
  await page.locator(PREVIEW, { hasText: '5000' }).waitFor();
  const wanted = { since: 'keydown', selector: PREVIEW, text: word };
  return untilShown(page, wanted, () => page.keyboard.press(word.slice(-1)));
}

/** From the click on a step that gets 1 MB until its input is drawn. */
export async function payloadMs(page, path, eventId) {
  await page.goto('about:blank');
  const loaded = page.waitForResponse((response) => response.url().endsWith(`/events/${eventId}`));
  await page.goto(path);
  await loaded;
  const card = page.locator('[data-step="call"]');
  await card.waitFor();
  const wanted = { since: 'click', selector: INPUT, text: 'rows' };
  return untilShown(page, wanted, () => card.click());
}

const PREVIEW = '[data-field="url"] .preview';
const INPUT = '[role="region"][aria-label="Input data"]';

/** Milliseconds from an event in the page, which `act` causes, until a text is drawn. */
async function untilShown(page, wanted, act) {
  // Armed before the event is caused: input may overtake a call into the page.
  await page.evaluate(({ since, selector, text }) => {
    globalThis.benchShown = new Promise((resolve) => {
      let begunAt;
      document.addEventListener(since, () => (begunAt = performance.now()), { once: true, capture: true });
      const look = () => {
        const found = [...document.querySelectorAll(selector)];
        const isShown = found.some(({ textContent }) => textContent.includes(text));
        if (begunAt === undefined || !isShown) return requestAnimationFrame(look);
        requestAnimationFrame(() => resolve(performance.now() - begunAt));
      };
      look();
    });
  }, wanted);
  await act();
  return page.evaluate(() => globalThis.benchShown);
}

const swing = (at) => 200 * Math.sin(at / 14);

async function framesDuring(page, act) {
  await page.evaluate(() => {
    const frames = [];
    const note = (now) => {
      frames.push(now);
      globalThis.benchFrame = requestAnimationFrame(note);
    };
    globalThis.benchFrames = frames;
    globalThis.benchFrame = requestAnimationFrame(note);
  });
  await act();
  const times = await page.evaluate(() => {
    cancelAnimationFrame(globalThis.benchFrame);
    return globalThis.benchFrames;
  });
  const lengths = times.slice(1).map((time, at) => time - times[at]);
  return lengths.toSorted((a, b) => a - b)[Math.floor(lengths.length * 0.95)] ?? 0;
}
