import type { StepResult } from '@hookloom/engine';

/** Where values that are not in the journal come from. */
export interface ValueSources {
  /** What `trigger` was; in the test of one step nothing. */
  readonly trigger: SizedValue | undefined;
  /** `input` of the one step of a step test. */
  readonly testInput: SizedValue | undefined;
  /** JSON text of values kept beside the journal, by their id. */
  readonly stored: ReadonlyMap<string, string>;
}

/** A value with about how many bytes it is as JSON. */
export interface SizedValue {
  readonly value: unknown;
  readonly bytes: number;
}

/** A value in the journal itself is at most this large. */
const INLINE: Pick<SizedValue, 'bytes'> = { bytes: 1_024 };

/** Inputs and outputs of a run's steps. A step that passed its input on refers to the steps before it. */
export class StepValues {
  private readonly byId: ReadonlyMap<string, StepResult>;
  private readonly outputs = new Map<string, SizedValue | undefined>();

  constructor(
    results: readonly StepResult[],
    private readonly sources: ValueSources,
  ) {
    this.byId = new Map(results.map((result) => [result.path, result]));
  }

  /** `undefined` where a step has no output (yet). */
  outputOf(result: StepResult): SizedValue | undefined {
    if (!this.outputs.has(result.path)) this.outputs.set(result.path, this.findOutput(result));
    return this.outputs.get(result.path);
  }

  /** The output of the step before; with several, an object by step id. `undefined` for a trigger. */
  inputOf(result: StepResult): SizedValue | undefined {
    const [first, ...others] = result.sources;
    if (first === undefined) return this.sources.testInput;
    if (others.length === 0) return this.outputOfStep(first);
    const parts = result.sources.flatMap((id) => {
      const output = this.outputOfStep(id);
      return output === undefined ? [] : [[id, output] as const];
    });
    return {
      value: Object.fromEntries(parts.map(([id, part]) => [id, part.value])),
      bytes: parts.reduce((sum, [, part]) => sum + part.bytes, 0),
    };
  }

  private outputOfStep(id: string): SizedValue | undefined {
    const result = this.byId.get(id);
    return result && this.outputOf(result);
  }

  private findOutput(result: StepResult): SizedValue | undefined {
    const { output } = result;
    switch (output?.kind) {
      case undefined:
        return undefined;
      case 'value':
        return { value: output.value, ...INLINE };
      case 'trigger':
        return this.sources.trigger;
      case 'input':
        return this.inputOf(result);
      case 'ref': {
        const json = this.sources.stored.get(output.ref.ref);
        return json === undefined ? undefined : { value: JSON.parse(json), bytes: json.length };
      }
    }
  }
}
