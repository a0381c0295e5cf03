import { LIMITS } from '@hookloom/contracts/limits';
import type { EvaluationOutcome, EvaluationRequest, EvaluationScope, ScopeValue } from '../evaluator.js';
import { referencesOfCode } from '../source/code-references.js';
import { needsOf, type Needs } from '../source/needs.js';
import type { References } from '../source/references.js';
import { BODY, FLAG, JOB, OUTCOME, VALUE } from './codes.js';
import type { FrameReader, FrameWriter } from './frames.js';
import type { Job, JobFault } from './job.js';
import type { KnownReferences } from './known-references.js';

/** Work beside the texts themselves, for the size of a frame. */
const OVERHEAD_BYTES = 256;

/** One request on its way through a child. */
export class Evaluation implements Job {
  readonly timeoutMs: number;
  readonly sources: readonly string[];
  readonly records: number;
  readonly bytes: number;
  private readonly outcomes: EvaluationOutcome[] = [];
  private readonly needs: Needs;
  private readonly isCode: boolean;
  private readonly known: readonly (References | undefined)[];

  constructor(
    private readonly request: EvaluationRequest,
    private readonly references: KnownReferences,
    private readonly told: {
      readonly done: (outcomes: readonly EvaluationOutcome[]) => void;
      readonly closed: () => void;
      /** This source used up its time. */
      readonly slow: (source: string) => void;
    },
  ) {
    this.isCode = isCode(request);
    const longest = this.isCode ? LIMITS.codeMs : LIMITS.expressionMs;
    this.timeoutMs = request.timeoutMs ?? Math.min(request.limitMs ?? longest, longest);
    this.sources = request.expressions.map(({ source }) => source);
    this.records = this.sources.length;
    this.known = this.sources.map((source) =>
      this.isCode ? referencesOfCode(source) : references.find(source),
    );
    this.needs = needsOf(
      this.known.map((one) => one ?? 'all'),
      request.scope,
    );
    this.bytes = OVERHEAD_BYTES + sizeOf(request.scope, this.needs);
  }

  /** Also starts anew: when a frame is repeated, what its child had said of this request no longer counts. */
  write(frame: FrameWriter): void {
    this.outcomes.length = 0;
    frame.byte(JOB.evaluate);
    frame.number(this.timeoutMs);
    frame.number(this.request.expressions.length);
    for (const [index, { source, as }] of this.request.expressions.entries()) {
      const wantsReferences = this.known[index] === undefined ? FLAG.wantsReferences : 0;
      frame.byte(FLAG_OF[as] | wantsReferences);
      frame.text(source);
    }
    writeScope(frame, this.request.scope, this.needs);
  }

  accept(record: FrameReader): void {
    const references = record.optional();
    const source = this.sources[this.outcomes.length];
    if (this.isAnswered() || source === undefined) return;
    if (references !== undefined) this.references.learn(source, references);
    const outcome = this.isCode ? readCodeOutcome(record) : readOutcome(record);
    if (!outcome.ok && outcome.error.code === 'timeout') this.told.slow(source);
    this.add(outcome);
  }

  isAnswered(): boolean {
    return this.outcomes.length === this.sources.length;
  }

  fail(fault: JobFault): void {
    if (fault === 'closed') return this.told.closed();
    const error = faultError(fault, this.timeoutMs, this.isCode);
    while (!this.isAnswered()) this.add({ ok: false, error, ...(this.isCode && { logs: [] }) });
  }

  private add(outcome: EvaluationOutcome): void {
    this.outcomes.push(outcome);
    if (this.isAnswered()) this.told.done(this.outcomes);
  }
}

/** Code and expressions run in different children, so a request holds one or the other. */
export function isCode({ expressions }: EvaluationRequest): boolean {
  return expressions[0]?.as === 'code';
}

const FLAG_OF = { value: 0, condition: FLAG.condition, list: FLAG.list, code: 0 } as const;

function readOutcome(record: FrameReader): EvaluationOutcome {
  const kind = record.byte();
  const text = record.text();
  return kind === OUTCOME.value ? { ok: true, json: text } : { ok: false, error: JSON.parse(text) };
}

/** Code tells what it wrote beside what it gave. */
function readCodeOutcome(record: FrameReader): EvaluationOutcome {
  const outcome = readOutcome(record);
  return { ...outcome, logs: JSON.parse(record.text()) };
}

function faultError(
  fault: Exclude<JobFault, 'closed'>,
  timeoutMs: number,
  isCode: boolean,
): { code: string; message: string } {
  const message =
    fault === 'timeout'
      ? `The ${isCode ? 'code' : 'expression'} ran longer than ${timeoutMs} ms and was stopped. Make it simpler, or give it less data.`
      : `The ${isCode ? 'code' : 'expression'} needed more memory than it may use and was stopped. Make its result smaller, or give it less data.`;
  return { code: fault, message };
}

function writeScope(frame: FrameWriter, scope: EvaluationScope, needs: Needs): void {
  frame.optional(needs.trigger ? scope.trigger : undefined);
  writeBody(frame, needs.body ? scope.body : undefined);
  const steps = [...scope.steps].filter(([id]) => needs.steps.has(id));
  frame.number(steps.length);
  for (const [id, value] of steps) {
    frame.text(id);
    writeValue(frame, value);
  }
  writeValue(frame, needs.input ? scope.input : { kind: 'nothing' });
  const { vars, run, item, index } = scope;
  const named = Object.entries({ vars, run, item, index: index === undefined ? undefined : String(index) });
  const others = named.filter(([name, json]) => json !== undefined && needs.names(name));
  frame.number(others.length);
  for (const [name, json] of others) {
    frame.text(name);
    frame.text(json ?? 'null');
  }
}

/** What is `later` was loaded before, where it is needed at all. */
function writeBody(frame: FrameWriter, body: EvaluationScope['body'] | undefined): void {
  if (!body || body.kind === 'later') return frame.byte(BODY.none);
  if (body.kind === 'json') {
    frame.byte(BODY.json);
    return frame.text(body.json);
  }
  frame.byte(BODY.raw);
  frame.optional(body.contentType);
  frame.optional(body.contentEncoding);
  frame.text(body.eventId);
  return frame.bytes(body.bytes);
}

/** What is `later` was loaded before, where it is needed at all. */
function writeValue(frame: FrameWriter, value: ScopeValue): void {
  if (value.kind === 'later') return writeValue(frame, { kind: 'nothing' });
  frame.byte(VALUE[value.kind]);
  if (value.kind === 'json') frame.text(value.json);
  else if (value.kind === 'step') frame.text(value.stepId);
  else if (value.kind === 'steps') {
    frame.number(value.stepIds.length);
    for (const id of value.stepIds) frame.text(id);
  }
}

function sizeOf(scope: EvaluationScope, needs: Needs): number {
  const { body } = scope;
  let bytes = needs.trigger ? scope.trigger.length : 0;
  if (needs.body && body.kind === 'raw') bytes += body.bytes.length;
  if (needs.body && body.kind === 'json') bytes += body.json.length;
  for (const id of needs.steps) {
    const value = scope.steps.get(id);
    if (value?.kind === 'json') bytes += value.json.length;
  }
  if (needs.input && scope.input.kind === 'json') bytes += scope.input.json.length;
  return bytes + (needs.names('vars') ? scope.vars.length : 0) + (scope.item?.length ?? 0);
}
