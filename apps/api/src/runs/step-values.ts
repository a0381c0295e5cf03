import type { OutputSource, StepResult } from '@hookloom/engine';

/** Where values that are not in the journal come from. */
export interface ValueSources {
  /** What `trigger` was; in the test of one step nothing. */
  readonly trigger: SizedValue | undefined;
  /** `input` of the one step of a step test. */
  readonly testInput: SizedValue | undefined;
}

/** A value with about how many bytes it is as JSON. */
export interface SizedValue {
  readonly value: unknown;
  readonly bytes: number;
}

/** A value in the journal itself is at most this large. */
const INLINE: Pick<SizedValue, 'bytes'> = { bytes: 1_024 };
const ROUND = /^(.*)\[(\d+)\]$/;

/** Where values kept beside the journal are looked for, while it is found out which of them are wanted. */
type Stored = (ref: string) => string | undefined;

/**
 * Inputs and outputs of a run's steps. A step that passed its input on refers to the steps before it; the first step
 * of a loop's round has its item as input.
 */
export class StepValues {
  private readonly byPath: ReadonlyMap<string, StepResult>;
  private readonly outputs = new Map<string, SizedValue | undefined>();

  constructor(
    results: readonly StepResult[],
    private readonly sources: ValueSources,
    private readonly stored: Stored,
  ) {
    this.byPath = new Map(results.map((result) => [result.path, result]));
  }

  /** `undefined` where a step has no output (yet). */
  outputOf(result: StepResult): SizedValue | undefined {
    if (!this.outputs.has(result.path)) this.outputs.set(result.path, this.find(result, result.output));
    return this.outputs.get(result.path);
  }

  /** The output of the step before; with several, an object by step id. `undefined` for a trigger. */
  inputOf(result: StepResult): SizedValue | undefined {
    const [first, ...others] = result.sources;
    if (first === undefined) return this.sources.testInput;
    if (others.length === 0) return this.valueAt(first.path);
    const parts = result.sources.flatMap(({ stepId, path }) => {
      const output = this.valueAt(path);
      return output === undefined ? [] : [[stepId, output] as const];
    });
    return {
      value: Object.fromEntries(parts.map(([id, part]) => [id, part.value])),
      bytes: parts.reduce((sum, [, part]) => sum + part.bytes, 0),
    };
  }

  private valueAt(path: string): SizedValue | undefined {
    const result = this.byPath.get(path);
    if (result) return this.outputOf(result);
    const [, loop, index] = ROUND.exec(path) ?? [];
    const items = loop === undefined ? undefined : this.byPath.get(loop)?.items;
    return items && this.itemOf(items, Number(index));
  }

  private itemOf(items: OutputSource, index: number): SizedValue | undefined {
    if (items.kind === 'value') {
      return Array.isArray(items.value) ? { value: items.value[index], ...INLINE } : undefined;
    }
    if (items.kind !== 'list') return undefined;
    const part = items.parts.find(({ from, count }) => index >= from && index < from + count);
    const values: unknown = part && this.parse(part.ref)?.value;
    if (!part || !Array.isArray(values)) return undefined;
    return { value: values[index - part.from], bytes: Math.ceil(part.bytes / part.count) };
  }

  private find(result: StepResult, output: OutputSource | undefined): SizedValue | undefined {
    switch (output?.kind) {
      case undefined:
        return undefined;
      case 'value':
        return { value: output.value, ...INLINE };
      case 'trigger':
        return this.sources.trigger;
      case 'input':
        return this.inputOf(result);
      case 'ref':
        return this.parse(output.ref.ref);
      case 'list':
        return this.joined(output.parts);
    }
  }

  private joined(parts: readonly { readonly ref: string; readonly bytes: number }[]): SizedValue {
    const value = parts.flatMap(({ ref }) => {
      const values = this.parse(ref)?.value;
      return Array.isArray(values) ? values : [];
    });
    return { value, bytes: parts.reduce((sum, { bytes }) => sum + bytes, 0) };
  }

  private parse(ref: string): SizedValue | undefined {
    const json = this.stored(ref);
    return json === undefined ? undefined : { value: JSON.parse(json), bytes: json.length };
  }
}

/** Ids of the values beside the journal that inputs and outputs of these steps stand in. */
export function refsNeeded(results: readonly StepResult[], shown: readonly StepResult[]): string[] {
  const refs = new Set<string>();
  const note = (ref: string): undefined => void refs.add(ref);
  const values = new StepValues(results, { trigger: undefined, testInput: undefined }, note);
  for (const result of shown) {
    values.inputOf(result);
    values.outputOf(result);
  }
  return [...refs];
}
