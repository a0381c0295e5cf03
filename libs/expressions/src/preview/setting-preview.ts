import { parseData } from '../child/function-marks.js';
import { CompiledExpressions } from '../child/compiled-expressions.js';
import { evaluateOne, type Result } from '../child/evaluate-one.js';
import type { EvaluationOutcome, Expression } from '../evaluator.js';
import { compileConfig, type ConfigProgram, type ExpressionPaths } from '../template/compile-config.js';

/** How a setting is read: bare JSONata, that taken as a list, or as what holds or not; a URL, or anything with `{{ }}` in its texts. */
export type PreviewedAs = 'expression' | 'list' | 'condition' | 'url' | 'text';

export interface PreviewedSetting {
  readonly value: unknown;
  readonly as: PreviewedAs;
}

/**
 * The value that a step would get, as JSON text, or why it would get none. `position`: index in the setting's text,
 * where the setting is one text; JSONata names the place behind the word at fault.
 */
export type PreviewResult =
  | { readonly ok: true; readonly json: string }
  | { readonly ok: false; readonly code: string; readonly message: string; readonly position?: number };

type Refusal = Extract<PreviewResult, { ok: false }>;

const FIELD = 'setting';
const NO_PATHS: ExpressionPaths = { expression: [], list: [], condition: [], code: [], url: [] };

/** Evaluates settings of one step on one sample, with the same compiling, guards and words as a run. */
export class SettingPreview {
  private readonly compiled = new CompiledExpressions();
  private document: unknown;

  /** @param scopeJson an object with `trigger`, `steps`, `input`, `vars`, `run`, and inside a loop `item` and `index` */
  constructor(private readonly scopeJson: string) {}

  /** @param timeoutMs for each expression of the setting; what blocks inside one call is not stopped. Never throws. */
  async evaluate({ value, as }: PreviewedSetting, timeoutMs: number): Promise<PreviewResult> {
    const program = compileConfig(
      { [FIELD]: value },
      as === 'text' ? NO_PATHS : { ...NO_PATHS, [as]: [FIELD] },
    );
    const outcomes: EvaluationOutcome[] = [];
    for (const [at, expression] of program.expressions.entries()) {
      const result = await this.evaluateOne(expression, timeoutMs);
      if (!result.ok) return toRefusal(result, program.places[at]);
      outcomes.push(result);
    }
    return toValue(program, outcomes);
  }

  private async evaluateOne({ source, as }: Expression, timeoutMs: number): Promise<Result> {
    if (as === 'code') return { ok: false, code: 'failed', message: 'Code has no preview.' };
    const compiled = this.compiled.get(source);
    if (!compiled.ok) return { ok: false, code: 'syntax', ...compiled.problem };
    this.document ??= parseData(this.scopeJson);
    const result = await evaluateOne(compiled, this.document, { as, timeoutMs });
    if (compiled.mayChangeInput) this.document = undefined;
    return result;
  }
}

function toRefusal(
  failure: Extract<Result, { ok: false }>,
  place: ConfigProgram['places'][number] | undefined,
): Refusal {
  const { code, message, position } = failure;
  // Inside an object the place of a text is unknown to who shows it.
  if (place?.path !== FIELD || position === undefined) return { ok: false, code, message };
  return { ok: false, code, message, position: place.position + position };
}

function toValue(program: ConfigProgram, outcomes: readonly EvaluationOutcome[]): PreviewResult {
  const [problem] = program.problems;
  if (problem) return { ok: false, code: 'syntax', message: problem.message, position: problem.position };
  const resolved = program.resolve(outcomes);
  if (!resolved.ok) return { ok: false, code: resolved.error.code, message: resolved.error.message };
  const bare = resolved.evaluated[FIELD];
  if (bare?.ok) return bare;
  const { config } = resolved;
  const value: unknown =
    typeof config === 'object' && config !== null ? Reflect.get(config, FIELD) : undefined;
  return { ok: true, json: JSON.stringify(value) ?? 'null' };
}
