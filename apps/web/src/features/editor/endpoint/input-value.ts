/** What stands in the field that an event came from. */
export function textOf({ target }: Event): string {
  const isField =
    target instanceof HTMLInputElement ||
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement;
  return isField ? target.value : '';
}

/** The number in the field; `undefined` where there is none. */
export function numberOf(event: Event): number | undefined {
  const text = textOf(event).trim();
  const number = Number(text);
  return text === '' || Number.isNaN(number) ? undefined : number;
}
