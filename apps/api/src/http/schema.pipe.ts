import { invalid, notFound } from '@hookloom/server-kit';
import type { PipeTransform } from '@nestjs/common';
import { z } from 'zod';

/** Checks input by a schema and passes the checked value on. */
export class SchemaPipe implements PipeTransform {
  constructor(private readonly schema: z.ZodType) {}

  transform(value: unknown): unknown {
    return checkInput(this.schema, value);
  }
}

/** @throws ProblemError 422 with a line for each issue; `path` is a dot path, empty for the whole input */
export function checkInput<T>(schema: z.ZodType<T>, value: unknown, prefix?: string): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const above = prefix === undefined ? [] : [prefix];
  throw invalid(
    parsed.error.issues
      .flatMap(faultsOf)
      .map(({ path, message }) => ({ path: [...above, ...path].join('.'), message })),
  );
}

interface Fault {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** Where several shapes would do, what is wrong is said for the one that the input comes nearest to. */
function faultsOf(issue: z.core.$ZodIssue): readonly Fault[] {
  if (issue.code !== 'invalid_union') return [issue];
  const [nearest] = issue.errors
    .map((issues) => issues.flatMap(faultsOf))
    .filter((faults) => depthOf(faults) > 0)
    .toSorted((one, other) => depthOf(other) - depthOf(one) || one.length - other.length);
  if (!nearest) return [issue];
  return nearest.map(({ path, message }) => ({ path: [...issue.path, ...path], message }));
}

function depthOf(faults: readonly Fault[]): number {
  return Math.max(...faults.map(({ path }) => path.length));
}

const Uuid = z.guid();

/** An id that is no UUID is the id of nothing. */
export class IdPipe implements PipeTransform {
  constructor(private readonly what: string) {}

  transform(value: unknown): string {
    const id = Uuid.safeParse(value);
    if (!id.success) throw notFound(this.what);
    return id.data;
  }
}

/** A text that is no number from 1 is the number of nothing. */
export class NumberPipe implements PipeTransform {
  constructor(private readonly what: string) {}

  transform(value: unknown): number {
    if (typeof value === 'string' && /^[1-9]\d{0,8}$/.test(value)) return Number(value);
    throw notFound(this.what);
  }
}
