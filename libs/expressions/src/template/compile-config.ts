import type { EvaluationOutcome, Expression } from '../evaluator.js';
import { setOwn } from '@hookloom/payload/own-property';
import { PathPatterns } from './path-pattern.js';
import { toText, toUrlText } from './render-text.js';
import { scanTemplate, type TemplatePart } from './scan-template.js';

/** Which fields of a step's config hold bare JSONata or a URL, as dot path patterns (`cases.*.condition`). */
export interface ExpressionPaths {
  /** Bare JSONata whose value is wanted. */
  readonly expression: readonly string[];
  /** Bare JSONata whose value is wanted as a list. */
  readonly list: readonly string[];
  /** Bare JSONata that holds or does not. */
  readonly condition: readonly string[];
  /** JavaScript: the body of a function. */
  readonly code: readonly string[];
  /** Text whose `{{ }}` are percent-encoded after the host. */
  readonly url: readonly string[];
}

/** Where an expression of a config stands. `position`: index of its first character in the field. */
export interface ExpressionPlace {
  readonly path: string;
  readonly position: number;
}

/** What is wrong in a config, for a person. `position`: index in the field's text. */
export interface ConfigProblem extends ExpressionPlace {
  readonly message: string;
}

/** Settings with all `{{ }}` filled in, and the outcomes of the bare fields by dot path. */
export type ResolvedConfig =
  | {
      readonly ok: true;
      readonly config: unknown;
      readonly evaluated: Readonly<Record<string, EvaluationOutcome>>;
    }
  | { readonly ok: false; readonly path: string; readonly error: Failure['error'] };

/** A step's config compiled once: what to evaluate, and how to put the results back. */
export interface ConfigProgram {
  /** In the order that `resolve` takes outcomes. */
  readonly expressions: readonly Expression[];
  /** Where each of `expressions` stands. */
  readonly places: readonly ExpressionPlace[];
  /** Templates that cannot be taken apart. Syntax inside the expressions is checked by `EvaluatorPool.check`. */
  readonly problems: readonly ConfigProblem[];
  /** `ok: false` if a `{{ }}` failed or cannot be read. A bare field's failure stays in `evaluated`: its step decides. */
  resolve(outcomes: readonly EvaluationOutcome[]): ResolvedConfig;
}

type Failure = Extract<EvaluationOutcome, { ok: false }>;
/** Makes one field's value of the values of the expressions. */
type Fill = (valueAt: (index: number) => unknown) => unknown;

const NO_PATHS: ExpressionPaths = { expression: [], list: [], condition: [], code: [], url: [] };

/** Compiles a config. Anything JSON is accepted; a field that no pattern names may hold `{{ }}`. Never throws. */
export function compileConfig(config: unknown, paths: ExpressionPaths = NO_PATHS): ConfigProgram {
  const compiler = new ConfigCompiler(paths);
  const fill = compiler.compile(config, []);
  const { expressions, places, problems, bare } = compiler;
  return {
    expressions,
    places,
    problems,
    resolve: (outcomes) => {
      const [problem] = problems;
      if (problem)
        return { ok: false, path: problem.path, error: { code: 'syntax', message: problem.message } };
      const evaluated: Record<string, EvaluationOutcome> = {};
      for (const [index, { path }] of places.entries()) {
        const outcome = outcomes[index] ?? missing();
        if (bare.has(index)) setOwn(evaluated, path, outcome);
        else if (!outcome.ok) return { ok: false, path, error: outcome.error };
      }
      return { ok: true, config: fill ? fill(valuesOf(outcomes)) : config, evaluated };
    },
  };
}

class ConfigCompiler {
  readonly expressions: Expression[] = [];
  readonly places: ExpressionPlace[] = [];
  readonly problems: ConfigProblem[] = [];
  /** Indexes of the bare fields among `expressions`. */
  readonly bare = new Set<number>();
  private readonly values: PathPatterns;
  private readonly lists: PathPatterns;
  private readonly conditions: PathPatterns;
  private readonly codes: PathPatterns;
  private readonly urls: PathPatterns;

  constructor(paths: ExpressionPaths) {
    this.values = new PathPatterns(paths.expression);
    this.lists = new PathPatterns(paths.list);
    this.conditions = new PathPatterns(paths.condition);
    this.codes = new PathPatterns(paths.code);
    this.urls = new PathPatterns(paths.url);
  }

  /** Nothing to fill in: `undefined`, and the value stands as it is. */
  compile(value: unknown, path: readonly string[]): Fill | undefined {
    if (typeof value === 'string') return this.compileText(value, path);
    if (Array.isArray(value)) return this.compileList(value, path);
    return typeof value === 'object' && value !== null ? this.compileObject(value, path) : undefined;
  }

  private compileList(list: readonly unknown[], path: readonly string[]): Fill | undefined {
    const fills = list.map((item, at) => this.compile(item, [...path, String(at)]));
    if (fills.every((fill) => fill === undefined)) return undefined;
    return (valueAt) =>
      list.map((item, at) => {
        const fill = fills[at];
        return fill ? fill(valueAt) : item;
      });
  }

  private compileObject(object: object, path: readonly string[]): Fill | undefined {
    const fields = Object.entries(object).map(([key, value]) => ({
      key,
      value,
      fill: this.compile(value, [...path, key]),
    }));
    if (fields.every(({ fill }) => fill === undefined)) return undefined;
    return (valueAt) => {
      const copy = {};
      for (const { key, value, fill } of fields) setOwn(copy, key, fill ? fill(valueAt) : value);
      return copy;
    };
  }

  private compileText(text: string, path: readonly string[]): Fill | undefined {
    if (this.values.matches(path)) return this.addBare(text, path, 'value');
    if (this.lists.matches(path)) return this.addBare(text, path, 'list');
    if (this.conditions.matches(path)) return this.addBare(text, path, 'condition');
    if (this.codes.matches(path)) return this.addBare(text, path, 'code');
    if (!text.includes('{{')) return undefined;
    const template = scanTemplate(text);
    if (template.ok) return this.compileParts(template.parts, path);
    this.problems.push({ path: path.join('.'), message: template.message, position: template.position });
    return undefined;
  }

  private addBare(source: string, path: readonly string[], as: Expression['as']): undefined {
    this.bare.add(this.add({ source, as }, path, 0));
    return undefined;
  }

  private compileParts(parts: readonly TemplatePart[], path: readonly string[]): Fill {
    const pieces = parts.map((part) =>
      part.kind === 'text' ? part.text : this.add({ source: part.source, as: 'value' }, path, part.position),
    );
    const [first, ...others] = pieces;
    if (typeof first === 'number' && others.length === 0) return (valueAt) => valueAt(first);
    const toPiece = this.urls.matches(path) ? toUrlText : (_before: string, value: unknown) => toText(value);
    return (valueAt) =>
      pieces.reduce<string>(
        (text, piece) => text + (typeof piece === 'string' ? piece : toPiece(text, valueAt(piece))),
        '',
      );
  }

  private add(expression: Expression, path: readonly string[], position: number): number {
    this.places.push({ path: path.join('.'), position });
    return this.expressions.push(expression) - 1;
  }
}

/** Parses each outcome's text when it is first asked for. */
function valuesOf(outcomes: readonly EvaluationOutcome[]): (index: number) => unknown {
  return (index) => {
    const outcome = outcomes[index];
    return outcome?.ok ? JSON.parse(outcome.json) : null;
  };
}

function missing(): Failure {
  return {
    ok: false,
    error: { code: 'failed', message: 'The expression was not evaluated. Run the step again.' },
  };
}
