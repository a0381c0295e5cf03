import type { EvaluatorPool } from '@hookloom/expressions';
import { Injectable } from '@nestjs/common';
import { AppParts } from '../app-parts.js';
import type { UnreadableSources } from './expression-check.js';

/** Sources whose verdict is kept: a document is looked at far more often than changed. */
const MOST_KNOWN = 10_000;

/** Knows which expressions can be read; parsing itself happens in a child process. */
@Injectable()
export class ExpressionSyntax {
  private readonly known = new Map<string, string | undefined>();
  private readonly pool: Pick<EvaluatorPool, 'check'>;

  constructor(parts: AppParts) {
    this.pool = parts.evaluator;
  }

  async findUnreadable(sources: readonly string[]): Promise<UnreadableSources> {
    const unknown = sources.filter((source) => !this.known.has(source));
    if (this.known.size + unknown.length > MOST_KNOWN) this.known.clear();
    const verdicts = await this.pool.check(unknown);
    const fresh = new Map(unknown.map((source, at) => [source, verdicts[at]?.message] as const));
    for (const [source, message] of fresh) this.known.set(source, message);
    const judged = sources.map((source) => [source, fresh.get(source) ?? this.known.get(source)] as const);
    return new Map(
      judged.flatMap(([source, message]) => (message === undefined ? [] : [[source, message] as const])),
    );
  }
}
