const CONTROL = ':is(input, select, textarea, [role="textbox"])';

/**
 * The control of a setting inside a form.
 *
 * @param wanted dot path of the setting; of one that is not drawn by itself, such as a line of a list, the next one
 *   around it that is; empty: the first control of the form
 */
export function findField(form: Element, wanted: string): HTMLElement | undefined {
  const place = wanted === '' ? undefined : placeOf(form, wanted);
  if (wanted !== '' && place === undefined) return undefined;
  const found = place ? place.querySelector(CONTROL) : form.querySelector(`[data-field] ${CONTROL}`);
  return found instanceof HTMLElement ? found : undefined;
}

function placeOf(form: Element, wanted: string): Element | undefined {
  const parts = wanted.split('.');
  for (let length = parts.length; length > 0; length -= 1) {
    const path = parts.slice(0, length).join('.');
    const place = form.querySelector(`[data-field="${CSS.escape(path)}"]`);
    if (place) return place;
  }
  return undefined;
}
