import type { Plugin } from 'vite';

const PLAIN = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
const ACCENTED = [...'áƀçđéƒĝĥíĵķłɱñóþɋŕšťúṽŵẋýžÁßÇĐÉƑĜĤÍĴĶŁṀÑÓÞɊŔŠŤÚṼŴẊÝŽ'];
const LONGER_BY = 0.4;
/** A place for a value, or a text within quotes: `{n}`, `{'@'}`. */
const PLACE = /(\{[^}]*\})/;

/**
 * A text of the web app as a longer language would write it, in letters that no plain text has: `Save` gives `⟦Šáṽé··⟧`.
 *
 * @param message with its places for values and its plural forms, which stay
 */
export function pseudo(message: string): string {
  return message.split(' | ').map(pseudoForm).join(' | ');
}

function pseudoForm(form: string): string {
  const letters = form.split(PLACE).map((part) => (PLACE.test(part) ? part : accented(part)));
  const longer = Math.ceil(form.replaceAll(new RegExp(PLACE, 'g'), '').length * LONGER_BY);
  return `⟦${letters.join('')}${'·'.repeat(longer)}⟧`;
}

function accented(text: string): string {
  return [...text].map((letter) => ACCENTED[PLAIN.indexOf(letter)] ?? letter).join('');
}

/** Builds the web app with these texts in place of the English ones. */
export function pseudoLocale(): Plugin {
  return {
    name: 'pseudo-locale',
    enforce: 'pre',
    transform: {
      filter: { id: /\/en\.json$/ },
      handler: (source) =>
        JSON.stringify(
          JSON.parse(source, (_key, value: unknown) => (typeof value === 'string' ? pseudo(value) : value)),
        ),
    },
  };
}
