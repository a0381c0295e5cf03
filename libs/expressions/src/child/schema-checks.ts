import { Buffer } from 'node:buffer';
import { isTooDeep, readBody } from '@hookloom/payload';
import { Ajv, type ErrorObject, type Options, type ValidateFunction } from 'ajv';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { SchemaCheck, ShapeCheck, ShapeError } from '../pool/evaluator-pool.js';

/** What `EvaluatorPool.validate` answers, but for time that ran out: that only the parent sees. */
type BodyShape = Exclude<ShapeCheck, { timedOut: true }>;
type Compiled =
  { readonly ok: true; readonly validate: ValidateFunction } | Extract<SchemaCheck, { ok: false }>;

export const MAX_SCHEMA_BYTES = 256 * 1024;
const MAX_ERRORS = 20;
const MAX_CACHED = 200;

/**
 * Unknown keywords and formats are notes, as JSON Schema says; nothing is ever fetched. A schema's `$id` stays its
 * own, so that no endpoint's meets another's.
 */
const OPTIONS: Options = {
  strict: false,
  validateFormats: false,
  allErrors: true,
  logger: false,
  addUsedSchema: false,
};
const latest = new Ajv2020(OPTIONS);
// The schema of schemas compiles once, before anybody waits.
latest.compile({ type: 'object' });

/** Checks bodies against schemas; each schema is compiled once. */
export class SchemaChecks {
  private readonly cache = new Map<string, Compiled>();

  check(schemaJson: string): SchemaCheck {
    const compiled = this.compiled(schemaJson);
    return compiled.ok ? { ok: true } : compiled;
  }

  validate(schemaJson: string, body: { bytes: Uint8Array; contentType: string | undefined }): BodyShape {
    const compiled = this.compiled(schemaJson);
    if (!compiled.ok) return { ok: false, reason: 'schema', message: compiled.message };
    const reading = readBody({ ...body, ref: '' });
    if (!reading.ok) return reading;
    if (compiled.validate(reading.value)) return { ok: true, errors: [] };
    const errors = (compiled.validate.errors ?? []).slice(0, MAX_ERRORS).map(toShapeError);
    return { ok: true, errors };
  }

  private compiled(schemaJson: string): Compiled {
    const known = this.cache.get(schemaJson);
    if (known) this.cache.delete(schemaJson);
    const compiled = known ?? compile(schemaJson);
    this.cache.set(schemaJson, compiled);
    const oldest = this.cache.keys().next();
    if (this.cache.size > MAX_CACHED && !oldest.done) this.cache.delete(oldest.value);
    return compiled;
  }
}

function compile(schemaJson: string): Compiled {
  const bytes = Buffer.from(schemaJson);
  if (bytes.length > MAX_SCHEMA_BYTES) return refused(`is larger than ${MAX_SCHEMA_BYTES / 1024} KiB`);
  if (isTooDeep(bytes)) return refused('is nested too deep');
  try {
    const schema: unknown = JSON.parse(schemaJson);
    if (typeof schema === 'boolean') return { ok: true, validate: latest.compile(schema) };
    if (typeof schema !== 'object' || schema === null || Array.isArray(schema))
      return refused('is no object');
    const dialect = dialectOf(schema);
    const validate = dialect.compile(schema);
    dialect.removeSchema(schema);
    return { ok: true, validate };
  } catch (error) {
    const message = error instanceof Error ? error.message.slice(0, 500) : 'it cannot be read';
    return refused(`cannot be used: ${message}`);
  }
}

const older: { draft7?: Ajv; draft2019?: Ajv } = {};

/** Without a known `$schema` the newest. */
function dialectOf(schema: object): Ajv {
  const dialect = '$schema' in schema ? String(schema.$schema) : '';
  if (dialect.includes('draft-07')) return (older.draft7 ??= new Ajv(OPTIONS));
  return dialect.includes('2019-09') ? (older.draft2019 ??= new Ajv2019(OPTIONS)) : latest;
}

function toShapeError(error: ErrorObject): ShapeError {
  const path = error.instancePath.slice(1).replaceAll('/', '.').replaceAll('~1', '/').replaceAll('~0', '~');
  const named =
    error.keyword === 'additionalProperties' ? ` (${String(error.params['additionalProperty'])})` : '';
  return { path, message: `${error.message ?? 'is not of the declared shape'}${named}` };
}

function refused(why: string): Extract<SchemaCheck, { ok: false }> {
  return { ok: false, message: `The JSON Schema ${why}. Correct it, or remove it from the endpoint.` };
}
