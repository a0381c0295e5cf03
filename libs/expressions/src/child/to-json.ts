/** A result as JSON text, or why it cannot be one. */
export type Printed =
  { readonly ok: true; readonly json: string } | { readonly ok: false; readonly why: 'large' | 'deep' };

const encoder = new TextEncoder();

/** Printing recurses, and whoever reads the result may recurse too. */
export const MAX_RESULT_DEPTH = 512;

/**
 * Prints an expression's result. Nothing and functions are null at the top; inside, functions are left out as
 * `JSON.stringify` leaves out JavaScript's own, since JSONata's carry their whole environment with them.
 */
export function toJson(value: unknown, maxBytes: number): Printed {
  if (value === undefined || isFunction(value)) return { ok: true, json: 'null' };
  const inspector = new Inspector(maxBytes);
  inspector.visit(value, 0);
  if (inspector.fault) return { ok: false, why: inspector.fault };
  const json = inspector.hasFunctions ? JSON.stringify(value, withoutFunctions) : JSON.stringify(value);
  return isLonger(json, maxBytes) ? { ok: false, why: 'large' } : { ok: true, json };
}

/** A UTF-16 unit takes three bytes at most, so that few texts need counting. */
function isLonger(json: string, maxBytes: number): boolean {
  if (json.length * 3 <= maxBytes) return false;
  return json.length > maxBytes || byteLength(json) > maxBytes;
}

/** UTF-8. */
export function byteLength(text: string): number {
  return encoder.encode(text).length;
}

class Inspector {
  hasFunctions = false;
  fault: 'large' | 'deep' | undefined;
  private values = 0;

  constructor(private readonly maxValues: number) {}

  visit(value: unknown, depth: number): void {
    this.values += 1;
    // Every value takes a byte at least; a value that is used many times over is printed as often.
    if (this.values > this.maxValues) this.fault = 'large';
    else if (depth > MAX_RESULT_DEPTH) this.fault = 'deep';
    if (this.fault) return;
    if (isFunction(value)) this.hasFunctions = true;
    else if (Array.isArray(value)) for (const item of value) this.visit(item, depth + 1);
    else if (typeof value === 'object' && value !== null) {
      for (const key of Object.keys(value)) this.visit(Reflect.get(value, key), depth + 1);
    }
  }
}

function withoutFunctions(_key: string, value: unknown): unknown {
  return isFunction(value) ? undefined : value;
}

/** A function of JavaScript or of JSONata, which marks its own. */
function isFunction(value: unknown): boolean {
  if (typeof value === 'function') return true;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return Reflect.get(value, '_jsonata_lambda') === true || Reflect.get(value, '_jsonata_function') === true;
}
