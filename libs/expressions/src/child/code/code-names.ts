/** What code sees, as the names of its function's parameters; the same as an expression. */
export const CODE_NAMES = ['trigger', 'steps', 'input', 'item', 'index', 'vars', 'run'] as const;

/** The name of people's code in the engine's stack traces. */
export const CODE_FILE = 'code';

/** Source as an expression that gives its function. All stands on the source's own lines, so that they count right. */
export function toFunction(source: string): string {
  return `(async function (${CODE_NAMES.join(', ')}) { "use strict"; ${source}\n})`;
}

/**
 * Runs before people's code, in the same engine: makes `console`, and gives the arguments for their function with
 * what reads its result. What it needs afterwards it takes now, since code may change everything that it can reach.
 */
export const PRELUDE = `(function (write, scopeText, names, longest, mostLines) {
  'use strict';
  const { parse, stringify } = JSON;
  const { isArray } = Array;
  const toText = String;
  const AnyError = Error;
  const show = (value) => {
    if (typeof value === 'string') return value;
    if (value instanceof AnyError) return value.name + ': ' + value.message;
    if (typeof value === 'object' && value !== null) {
      try { return stringify(value) ?? toText(value); } catch { return '[cannot be shown]'; }
    }
    return toText(value);
  };
  let lines = 0;
  const log = (...values) => {
    lines += 1;
    if (lines > mostLines) return;
    let line = '';
    for (let at = 0; at < values.length; at += 1) line += (at === 0 ? '' : ' ') + show(values[at]);
    write(line.length > longest ? line.slice(0, longest) + ' …' : line);
  };
  globalThis.console = { log, info: log, warn: log, error: log, debug: log };
  const scope = parse(scopeText);
  const args = [];
  const list = parse(names);
  for (let at = 0; at < list.length; at += 1) args[at] = scope[list[at]];
  const encode = (value, most) => {
    const text = stringify(value);
    if (text === undefined) return 'null';
    return text.length > most ? text.length : text;
  };
  const cut = (value) => (typeof value === 'string' ? value.slice(0, 2000) : undefined);
  const describe = (thrown) => {
    try {
      if (!(thrown instanceof AnyError)) return stringify({ message: show(thrown).slice(0, 2000) });
      return stringify({ name: cut(thrown.name), message: cut(thrown.message), stack: cut(thrown.stack) });
    } catch {
      return '{}';
    }
  };
  return { args, encode, describe };
})`;
