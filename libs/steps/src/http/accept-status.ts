type Range = readonly [from: number, to: number];
type Rule = number | string;

/**
 * Reads `acceptStatus`: numbers, `4xx`, `400-409`, or a text or list of these.
 *
 * @returns the ranges, or `undefined` when a part is no status
 */
export function parseAcceptStatus(rules: Rule | readonly Rule[]): readonly Range[] | undefined {
  const parts = [rules]
    .flat()
    .flatMap((rule) => String(rule).split(','))
    .map((part) => part.trim());
  const ranges: Range[] = [];
  for (const part of parts.filter((text) => text !== '')) {
    const range = parsePart(part);
    if (!range) return undefined;
    ranges.push(range);
  }
  return ranges;
}

/** Whether an answer counts as success: below 400, or allowed by the author. */
export function isAccepted(status: number, rules: Rule | readonly Rule[] | undefined): boolean {
  if (status < 400) return true;
  return (parseAcceptStatus(rules ?? []) ?? []).some(([from, to]) => status >= from && status <= to);
}

function parsePart(part: string): Range | undefined {
  const group = /^([1-5])xx$/i.exec(part);
  if (group) return [Number(group[1]) * 100, Number(group[1]) * 100 + 99];
  const span = /^([1-5]\d\d)(?:\s*-\s*([1-5]\d\d))?$/.exec(part);
  return span ? [Number(span[1]), Number(span[2] ?? span[1])] : undefined;
}
