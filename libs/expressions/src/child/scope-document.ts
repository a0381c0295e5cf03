import { readBody, setOwn, type BodyReading } from '@hookloom/payload';
import type { FrameReader } from '../pool/frames.js';
import type { ScopeValue } from '../evaluator.js';
import { BODY, VALUE } from '../pool/codes.js';
import { disarm, mayHoldMark, parseData } from './function-marks.js';

/** The scope of one request as it came: texts that are parsed when a document is built of them. */
export interface ReceivedScope {
  readonly trigger: string | undefined;
  readonly body: () => BodyReading | undefined;
  readonly steps: ReadonlyMap<string, ScopeValue>;
  readonly input: ScopeValue;
  /** Other names at the root, with their JSON. */
  readonly others: ReadonlyMap<string, string>;
}

/** What an expression reads. `unreadable`: why there is no `trigger.body`. */
export interface ScopeDocument {
  readonly root: Record<string, unknown>;
  readonly unreadable: string | undefined;
}

export function readScope(fields: FrameReader): ReceivedScope {
  const trigger = fields.optional();
  const body = readBodyField(fields);
  const steps = new Map<string, ScopeValue>();
  for (let left = fields.number(); left > 0; left -= 1) {
    const id = fields.text();
    steps.set(id, readValue(fields));
  }
  const input = readValue(fields);
  const others = new Map<string, string>();
  for (let left = fields.number(); left > 0; left -= 1) {
    const name = fields.text();
    others.set(name, fields.text());
  }
  return { trigger, body, steps, input, others };
}

function readBodyField(fields: FrameReader): () => BodyReading | undefined {
  const kind = fields.byte();
  if (kind === BODY.json) {
    const json = fields.text();
    return () => ({ ok: true, value: parseData(json) });
  }
  if (kind !== BODY.raw) return () => undefined;
  const contentType = fields.optional();
  const contentEncoding = fields.optional();
  const ref = fields.text();
  const bytes = fields.bytes();
  const isPlain = contentEncoding === undefined && !mayHoldMark(Buffer.from(bytes).toString('latin1'));
  return () => {
    const reading = readBody({ bytes, contentType, contentEncoding, ref });
    return reading.ok && !isPlain ? { ok: true, value: disarm(reading.value) } : reading;
  };
}

function readValue(fields: FrameReader): ScopeValue {
  switch (fields.byte()) {
    case VALUE.json:
      return { kind: 'json', json: fields.text() };
    case VALUE.trigger:
      return { kind: 'trigger' };
    case VALUE.step:
      return { kind: 'step', stepId: fields.text() };
    case VALUE.steps:
      return { kind: 'steps', stepIds: Array.from({ length: fields.number() }, () => fields.text()) };
    default:
      return { kind: 'nothing' };
  }
}

/** Parses a scope into the document that expressions read. Nothing is shared with another request. */
export function buildDocument(scope: ReceivedScope): ScopeDocument {
  const root: Record<string, unknown> = {};
  const body = scope.body();
  if (scope.trigger !== undefined) {
    const trigger: Record<string, unknown> = JSON.parse(scope.trigger);
    if (body?.ok) trigger['body'] = body.value;
    root['trigger'] = trigger;
  }
  const values = new StepValues(scope.steps, root['trigger']);
  if (scope.steps.size > 0) root['steps'] = values.all();
  const input = values.valueOf(scope.input);
  if (input !== undefined) root['input'] = input;
  for (const [name, json] of scope.others) root[name] = parseData(json);
  return { root, unreadable: body && !body.ok ? body.message : undefined };
}

class StepValues {
  private readonly known = new Map<string, unknown>();

  constructor(
    private readonly steps: ReadonlyMap<string, ScopeValue>,
    private readonly trigger: unknown,
  ) {}

  all(): Record<string, unknown> {
    return this.select([...this.steps.keys()]);
  }

  valueOf(value: ScopeValue): unknown {
    switch (value.kind) {
      case 'json':
        return parseData(value.json);
      case 'trigger':
        return this.trigger;
      case 'step':
        return this.output(value.stepId);
      case 'steps':
        return this.select(value.stepIds);
      case 'nothing':
        return undefined;
    }
  }

  private select(ids: readonly string[]): Record<string, unknown> {
    const outputs: Record<string, unknown> = {};
    for (const id of ids) {
      const output = this.output(id);
      if (output !== undefined) setOwn(outputs, id, output);
    }
    return outputs;
  }

  private output(id: string): unknown {
    if (this.known.has(id)) return this.known.get(id);
    const value = this.steps.get(id);
    // Noted before it is followed, so that a circle ends with nothing.
    this.known.set(id, undefined);
    const output = value && this.valueOf(value);
    this.known.set(id, output);
    return output;
  }
}
