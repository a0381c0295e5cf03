import type { EvaluatorPool } from '@hookloom/expressions';
import { Injectable } from '@nestjs/common';
import { AppParts } from '../app-parts.js';
import { keyOf, type Source, type UnreadableSources } from './expression-check.js';

/** Sources whose verdict is kept: a document is looked at far more often than changed. */
const MOST_KNOWN = 10_000;

/** Knows which expressions can be read; parsing itself happens in a child process. */
@Injectable()
export class ExpressionSyntax {
  private readonly known = new Map<string, string | undefined>();
  private readonly pool: Pick<EvaluatorPool, 'check' | 'checkCode'>;

  constructor(parts: AppParts) {
    this.pool = parts.evaluator;
  }

  async findUnreadable(sources: readonly Source[]): Promise<UnreadableSources> {
    const unknown = sources.filter((source) => !this.known.has(keyOf(source)));
    if (this.known.size + unknown.length > MOST_KNOWN) this.known.clear();
    const [code, expressions] = [true, false].map((isCode) =>
      unknown.filter((each) => each.isCode === isCode),
    );
    const fresh = new Map([
      ...(await verdicts(expressions, (texts) => this.pool.check(texts))),
      ...(await verdicts(code, (texts) => this.pool.checkCode(texts))),
    ]);
    for (const [key, message] of fresh) this.known.set(key, message);
    return new Map(
      sources.flatMap((source) => {
        const key = keyOf(source);
        const message = fresh.get(key) ?? this.known.get(key);
        return message === undefined ? [] : [[key, message] as const];
      }),
    );
  }
}

type Problems = Awaited<ReturnType<EvaluatorPool['check']>>;

/** What is wrong with each, by its key. Nobody is asked about nothing: that would start a child. */
async function verdicts(
  sources: readonly Source[] = [],
  ask: (texts: readonly string[]) => Promise<Problems>,
): Promise<[string, string | undefined][]> {
  if (sources.length === 0) return [];
  const problems = await ask(sources.map(({ text }) => text));
  return sources.map((source, at) => [keyOf(source), problems[at]?.message]);
}
