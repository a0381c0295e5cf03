import { ExpressionError } from './errors.js';

/** The result of one field of bare JSONata or code: JSON text that is parsed only by those who need the value. */
export class Evaluated {
  private constructor(
    private readonly text: string | undefined,
    private readonly failure: ExpressionError | undefined,
    /** What code wrote to its console. */
    readonly logs: readonly string[] = [],
  ) {}

  static of(json: string, logs?: readonly string[]): Evaluated {
    return new Evaluated(json, undefined, logs);
  }

  static failed(error: ExpressionError): Evaluated {
    return new Evaluated(undefined, error);
  }

  /** @throws ExpressionError if the expression failed */
  get json(): string {
    if (this.failure) throw this.failure;
    return this.text ?? 'null';
  }

  /** @throws ExpressionError if the expression failed */
  value(): unknown {
    return JSON.parse(this.json);
  }

  /** Whether a condition holds. @throws ExpressionError if the expression failed */
  holds(): boolean {
    return this.json === 'true';
  }
}
