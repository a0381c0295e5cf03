import jsonata from 'jsonata';
import { obviousProblem, toProblem, type ExpressionProblem } from '../source/check-expression.js';
import { referencesOfTree, type References } from '../source/references.js';
import { guardsFor, type Guards } from './guards.js';

/** An expression ready to run, or what is wrong with it. */
export type Compiled =
  | {
      readonly ok: true;
      readonly program: jsonata.Expression;
      readonly guards: Guards;
      readonly references: References;
      /** Names `$clone`, by which a transform can change the input itself: it must not be used again. */
      readonly mayChangeInput: boolean;
    }
  | { readonly ok: false; readonly problem: ExpressionProblem };

const MAX_CACHED = 2_000;
const MAX_CACHED_CHARACTERS = 4 * 1024 * 1024;

/** Compiles each source once; the ones used longest ago are forgotten. */
export class CompiledExpressions {
  private readonly cache = new Map<string, Compiled>();
  private characters = 0;

  get(source: string): Compiled {
    const known = this.cache.get(source);
    if (known) this.cache.delete(source);
    else this.characters += source.length;
    const compiled = known ?? compile(source);
    this.cache.set(source, compiled);
    this.forgetOldest();
    return compiled;
  }

  private forgetOldest(): void {
    while (this.cache.size > MAX_CACHED || this.characters > MAX_CACHED_CHARACTERS) {
      const oldest = this.cache.keys().next();
      if (oldest.done) return;
      this.cache.delete(oldest.value);
      this.characters -= oldest.value.length;
    }
  }
}

function compile(source: string): Compiled {
  const early = obviousProblem(source);
  if (early) return { ok: false, problem: early };
  try {
    const tree: unknown = jsonata(source).ast();
    const guards = guardsFor(tree);
    return {
      ok: true,
      program: jsonata(source, guards),
      guards,
      references: referencesOfTree(tree),
      mayChangeInput: source.includes('$clone'),
    };
  } catch (thrown) {
    return { ok: false, problem: toProblem(source, thrown) };
  }
}
