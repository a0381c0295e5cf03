import { ExpressionError } from './errors.js';

/** The result of one bare JSONata field: JSON text that is parsed only by those who need the value. */
export class Evaluated {
  private constructor(
    private readonly text: string | undefined,
    private readonly failure: ExpressionError | undefined,
  ) {}

  static of(json: string): Evaluated {
    return new Evaluated(json, undefined);
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
