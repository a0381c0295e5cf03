/// <reference lib="dom" />
import type { Page } from 'playwright-core';

/** Texts that the server sent to a page: data, not texts of the web app. */
export interface ServerTexts {
  /** All of them, once every answer that has come is read. */
  all(): Promise<string>;
}

/** Notes every text that the server sends to a page from now on. */
export function noteServerTexts(page: Page): ServerTexts {
  const texts = new Set<string>();
  const readings = new Set<Promise<void>>();
  page.on('response', (response) => {
    if (!response.url().includes('/api/')) return;
    if (!response.headers()['content-type']?.startsWith('application/json')) return;
    const reading = response.json().then(
      (body: unknown) => addTexts(body, texts),
      () => undefined, // The page went on to another address meanwhile.
    );
    readings.add(reading);
  });
  return {
    async all() {
      await Promise.all(readings);
      return [...texts].join('\n');
    },
  };
}

function addTexts(value: unknown, texts: Set<string>): void {
  if (typeof value === 'string') texts.add(value.trim());
  else if (typeof value === 'boolean' || value === null) texts.add(String(value));
  else if (Array.isArray(value)) for (const item of value) addTexts(item, texts);
  else if (typeof value === 'object')
    for (const [key, item] of Object.entries(value)) {
      texts.add(key);
      addTexts(item, texts);
    }
}

/**
 * What a person reads, or hears read out, that is written in plain letters: neither a text of the pseudo-locale nor data
 * of the server. Dates, keys, code and units are not looked at.
 */
export async function plainTexts(page: Page, known: ServerTexts): Promise<string[]> {
  return page.evaluate(
    (server) => {
      const asIs = 'time, code, pre, kbd, .cm-editor, [translate=no], script, style';
      const named = ['aria-label', 'aria-description', 'placeholder', 'title', 'alt'];
      const isCode = (word: string) => /[\d:/._`"<>=]|^[A-Z]{3,}$/.test(word);
      const isData = (text: string) => {
        if (text.split(/, | · | → /).every((part) => server.includes(part))) return true;
        const words = text.split(/[\s,]+/).filter((word) => /[a-z]/i.test(word));
        return words.some(isCode) && words.every((word) => isCode(word) || server.includes(word));
      };
      const isPlain = (text: string) => {
        const rest = text
          .replaceAll(/⟦[^⟧]*⟧/g, '')
          .replaceAll(/\d[\d.,]* (ms|s|min|h|B|kB|MB)\b|\bHookloom\b/g, '')
          .replaceAll(/^[\s"“:,·]+|[\s"”:,·…]+$/g, '');
        return /[a-z]{2}/i.test(rest) && !/[⟦⟧]/.test(rest) && !isData(rest);
      };
      const found = new Set<string>();
      const look = (element: Element, text: string, where: string) => {
        if (isPlain(text) && element.checkVisibility() && element.closest(asIs) === null)
          found.add(`${where} “${text.trim()}” in <${element.tagName.toLowerCase()}>`);
      };
      for (const element of document.body.querySelectorAll('*')) {
        for (const name of named) look(element, element.getAttribute(name) ?? '', name);
        for (const child of element.childNodes)
          if (child.nodeType === Node.TEXT_NODE) look(element, child.textContent ?? '', 'text');
      }
      return [...found];
    },
    await known.all(),
  );
}

/** Buttons and tabs whose text is wider than they are. */
export function cutButtons(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('button, [role=tab], [role=menuitem]')]
      .filter((button) => button.checkVisibility({ visibilityProperty: true }))
      .filter((button) => button.textContent?.includes('⟦') && button.clientWidth > 1)
      .filter((button) => button.scrollWidth > button.clientWidth + 1)
      .map(
        (button) => `“${button.textContent?.trim()}” is ${button.scrollWidth} px in ${button.clientWidth} px`,
      ),
  );
}
