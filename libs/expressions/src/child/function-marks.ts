/** What JSONata marks its own functions with. */
const MARKS = ['_jsonata_function', '_jsonata_lambda'];
/** Every spelling of a mark in JSON holds the word itself or an escape of a Latin letter. */
const MAY_HOLD_MARK = /jsonata|\\u00/i;

/** Whether a JSON text may hold a mark; looking is much cheaper than walking its value. */
export function mayHoldMark(json: string): boolean {
  return MAY_HOLD_MARK.test(json);
}

/**
 * Parses JSON that came from outside. An object that says of itself that it is a function would be called one,
 * and its event would lose its body without a word.
 */
export function parseData(json: string): unknown {
  const value: unknown = JSON.parse(json);
  return mayHoldMark(json) ? disarm(value) : value;
}

/** Turns each mark that is `true` into an object that is written as `true` and compared as none. */
export function disarm(value: unknown): unknown {
  const open = [value];
  for (let item = open.pop(); item !== undefined; item = open.pop()) {
    if (typeof item !== 'object' || item === null) continue;
    for (const mark of MARKS) {
      if (Object.hasOwn(item, mark) && Reflect.get(item, mark) === true)
        Reflect.set(item, mark, Object(true));
    }
    for (const child of Object.values(item))
      if (typeof child === 'object' && child !== null) open.push(child);
  }
  return value;
}
