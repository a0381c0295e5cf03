import { readdirSync, readFileSync } from 'node:fs';
import jsonata from 'jsonata';
import type { EvaluationScope, JsonText } from '../src/index.js';

/** One case: what an expression gives on `scope.json`. `error`: JSONata's code. */
export interface ConformanceCase {
  readonly topic: string;
  readonly expression: string;
  readonly result?: unknown;
  readonly nothing?: true;
  readonly error?: string;
}

type Document = Readonly<Record<string, unknown>>;

const folder = new URL('../conformance/', import.meta.url);
const read = (file: string) => JSON.parse(readFileSync(new URL(file, folder), 'utf8'));

export const scopeDocument: Document = read('scope.json');

export const conformanceCases: readonly ConformanceCase[] = readdirSync(folder)
  .filter((file) => file !== 'scope.json' && file.endsWith('.json'))
  .flatMap((file) =>
    (read(file) as ConformanceCase[]).map((one) => ({ ...one, topic: file.replace('.json', '') })),
  );

/** `scope.json` as the runner would give it: the body as bytes, the rest as JSON text. */
export function conformanceScope(): EvaluationScope {
  const { trigger, steps, input, vars, run, item, index } = scopeDocument;
  const { body, ...rest } = trigger as Document;
  const text = (value: unknown): JsonText => JSON.stringify(value);
  return {
    trigger: text(rest),
    body: {
      kind: 'raw',
      bytes: new TextEncoder().encode(text(body)),
      contentType: 'application/json',
      eventId: '0193-4f2a',
    },
    steps: new Map(
      Object.entries(steps as Document).map(([id, value]) => [id, { kind: 'json', json: text(value) }]),
    ),
    input: { kind: 'json', json: text(input) },
    vars: text(vars),
    run: text(run),
    item: text(item),
    index: index as number,
  };
}

/** What an expression gave, in words that can be compared. */
export type Verdict = { readonly value: unknown } | { readonly error: string };

/** The bare library, without any of our limits. */
export async function evaluateBare(expression: string, document: Document): Promise<Verdict> {
  try {
    const value = await jsonata(expression).evaluate(structuredClone(document));
    const isFunction = typeof value === 'function' || value?._jsonata_function || value?._jsonata_lambda;
    return { value: isFunction || value === undefined ? null : JSON.parse(JSON.stringify(value)) };
  } catch (error) {
    return { error: (error as { code?: string }).code ?? 'engine' };
  }
}

export function expectedOf(one: ConformanceCase): Verdict {
  if (one.error !== undefined) return { error: one.error };
  return { value: one.nothing ? null : one.result };
}
