import { z } from 'zod';

export type JsonSchema = Record<string, unknown>;
/** A body that comes in may leave out what has a default; one that goes out has it. */
export type Direction = 'input' | 'output';

interface Converted {
  readonly root: JsonSchema;
  readonly parts: ReadonlyMap<string, JsonSchema>;
}

/** Turns zod schemas into JSON Schemas whose named parts (`.meta({ id })`) stand once under `components`. */
export class SchemaComponents {
  /** For each named part, how it looks in each direction, with everything it refers to. */
  private readonly looks = new Map<string, Partial<Record<Direction, string>>>();
  private readonly named: Record<string, JsonSchema> = {};

  /** Call for every schema before the first `toSchema`: a part's name depends on where else it is used. */
  note(schema: z.ZodType, direction: Direction): void {
    const { parts } = convert(schema, direction);
    for (const [id, part] of parts) {
      this.looks.set(id, { ...this.looks.get(id), [direction]: JSON.stringify(expand(part, parts)) });
    }
  }

  toSchema(schema: z.ZodType, direction: Direction): JsonSchema {
    const { root, parts } = convert(schema, direction);
    for (const [id, part] of parts) this.named[this.nameOf(id, direction)] = this.point(part, direction);
    return this.point(root, direction);
  }

  /** All named parts so far, by name. */
  get schemas(): JsonSchema {
    return Object.fromEntries(
      Object.entries(this.named).toSorted(([one], [other]) => (one < other ? -1 : 1)),
    );
  }

  private nameOf(id: string, direction: Direction): string {
    const look = this.looks.get(id);
    const isSame = look?.input === undefined || look.output === undefined || look.input === look.output;
    return direction === 'output' || isSame ? id : `${id}AsInput`;
  }

  private point(schema: JsonSchema, direction: Direction): JsonSchema {
    return mapRefs(schema, (id) => ({ $ref: `#/components/schemas/${this.nameOf(id, direction)}` }));
  }
}

function convert(schema: z.ZodType, direction: Direction): Converted {
  const {
    $schema: _dialect,
    $defs = {},
    ...root
  } = z.toJSONSchema(schema, {
    io: direction,
    unrepresentable: 'any',
    // Answers may grow new fields; a client that follows this document must bear that.
    override: ({ jsonSchema }) => {
      if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
    },
  });
  return { root, parts: new Map(Object.entries($defs)) };
}

function expand(schema: JsonSchema, parts: ReadonlyMap<string, JsonSchema>): JsonSchema {
  return mapRefs(schema, (id) => expand(parts.get(id) ?? {}, parts));
}

const LOCAL = '#/$defs/';

function mapRefs(schema: JsonSchema, replace: (id: string) => JsonSchema): JsonSchema {
  const ref = schema['$ref'];
  if (typeof ref === 'string' && ref.startsWith(LOCAL)) {
    const { $ref: _ref, ...beside } = schema;
    return { ...beside, ...replace(ref.slice(LOCAL.length)) };
  }
  return Object.fromEntries(Object.entries(schema).map(([name, value]) => [name, mapValue(value, replace)]));
}

function mapValue(value: unknown, replace: (id: string) => JsonSchema): unknown {
  if (Array.isArray(value)) return value.map((item) => mapValue(item, replace));
  return typeof value === 'object' && value !== null ? mapRefs({ ...value }, replace) : value;
}
