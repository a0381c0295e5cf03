import { LIMITS } from '@hookloom/contracts';
import type { EvaluationScope, ScopeValue, TriggerBody } from '@hookloom/expressions';
import type { PlannedStep, RoundState, StepState } from '@hookloom/engine';
import { PermanentError } from '@hookloom/step-kit';
import type { CompiledWorkflow } from './compiled-workflow.js';
import { ours } from './run-faults.js';
import type { ClaimedRun } from './ports.js';
import { triggerParts } from './trigger-parts.js';

/** What is known in one place: the run itself, or one round of a loop with all that is known around it. */
interface Frame {
  /** By step id. In a round its loop's own id names the item. */
  readonly outputs: Map<string, ScopeValue>;
  /** JSON text. */
  readonly item?: string;
  readonly index?: number;
}

/** What the expressions of one run see; grows as steps finish. Values stay JSON text. */
export class RunScope {
  private readonly top: Frame = { outputs: new Map() };
  /** Rounds under way, by their prefix. */
  private readonly rounds = new Map<string, Frame>();
  private readonly trigger: string;
  private readonly body: TriggerBody;
  private readonly run: string;
  /** `input` in the test of a single step. */
  private readonly testInput: string;
  private outputBytes = 0;
  /** Loads the JSON text of what the run answered first. */
  private response: (() => Promise<string>) | undefined;

  /** @param urlOf the address that ends a wait */
  constructor(
    claimed: ClaimedRun,
    private readonly workflow: CompiledWorkflow,
    private readonly urlOf: (wait: PlannedStep, path: string) => string,
  ) {
    const { trigger, body } = triggerParts(claimed, workflow);
    this.trigger = trigger;
    this.body = body;
    this.run = JSON.stringify({
      id: claimed.id,
      workflowKey: workflow.key,
      workflowName: workflow.name,
      startedAt: claimed.startedAt.toISOString(),
    });
    const { triggerId } = workflow.plan;
    if (triggerId !== undefined) this.top.outputs.set(triggerId, { kind: 'trigger' });
    this.testInput = claimed.input ?? 'null';
    if (claimed.onlyStepId === undefined) return;
    for (const [stepId, json] of workflow.pins) this.top.outputs.set(stepId, { kind: 'json', json });
  }

  /** Keeps the run's first answer. @param load its JSON text */
  noteResponse(load: () => Promise<string>): void {
    this.response ??= once(load);
  }

  get hasResponse(): boolean {
    return this.response !== undefined;
  }

  /** JSON text of the body of the run's first answer. */
  async responseBody(): Promise<string | undefined> {
    if (this.response === undefined) return undefined;
    const answer: { body?: unknown } = JSON.parse(await this.response());
    return JSON.stringify(answer.body ?? null);
  }

  hasRound(prefix: string): boolean {
    return this.rounds.has(prefix);
  }

  /** @param item JSON text */
  beginRound({ prefix, of, index }: RoundState, item: string): void {
    const outputs = new Map(this.frameOf(of).outputs);
    outputs.set(of.planned.id, { kind: 'json', json: item });
    this.rounds.set(prefix, { outputs, item, index });
  }

  endRound(prefix: string): void {
    this.rounds.delete(prefix);
  }

  /** Keeps a finished step's own output. What rounds give is kept by reference and does not count. */
  setOutput(step: StepState, json: string): void {
    if (!step.round) this.outputBytes += Buffer.byteLength(json);
    this.set(step, { kind: 'json', json });
  }

  /** Keeps where a finished step's output is to be had. `countedBytes`: 0 for a list of what rounds gave. */
  setLater(step: StepState, countedBytes: number, load: () => Promise<string>): void {
    if (!step.round) this.outputBytes += countedBytes;
    this.set(step, { kind: 'later', load: once(() => ours(load)) });
  }

  private set(step: StepState, value: ScopeValue): void {
    this.frameOf(step).outputs.set(step.planned.id, value);
  }

  /** What a step gave before a person had it done again. */
  forget(stepId: string): void {
    this.top.outputs.delete(stepId);
  }

  /** @throws PermanentError when the outputs of the run would grow over LIMITS.runOutputBytes */
  checkRoom(step: StepState, json: string): void {
    if (step.round || this.outputBytes + Buffer.byteLength(json) <= LIMITS.runOutputBytes) return;
    throw new PermanentError(
      `The steps of this run gave more than ${LIMITS.runOutputBytes} bytes in all. Keep only the fields you need.`,
      { code: 'run_too_large' },
    );
  }

  /** Keeps that a step passed its input on. */
  setPassed(step: StepState): void {
    if (step.planned.id === this.workflow.plan.triggerId) return;
    this.set(step, this.inputOf(step));
  }

  /** `input`: the output of the step before; with several, an object by step id. */
  inputOf(step: StepState): ScopeValue {
    if (this.workflow.plan.triggerId === undefined) return { kind: 'json', json: this.testInput };
    const { sources } = step.planned;
    const [first, ...others] = sources;
    if (first === undefined) return { kind: 'nothing' };
    if (others.length === 0) return { kind: 'step', stepId: first };
    const { outputs } = this.frameOf(step);
    return { kind: 'steps', stepIds: sources.filter((id) => outputs.has(id)) };
  }

  /** JSON text of what steps of one round gave: one step's output, or an object by step id; null for none. */
  async textOf(prefix: string, stepIds: readonly string[]): Promise<string> {
    const outputs = this.rounds.get(prefix)?.outputs ?? new Map<string, ScopeValue>();
    const [first, ...others] = stepIds;
    if (first === undefined) return 'null';
    return others.length === 0 ? textOfStep(outputs, first) : textOfSteps(outputs, stepIds);
  }

  /** For the expression `input` once the run is over: what these steps gave. */
  forEnd(stepIds: readonly string[]): EvaluationScope {
    const [first, ...others] = stepIds;
    const one: ScopeValue = first === undefined ? { kind: 'nothing' } : { kind: 'step', stepId: first };
    const input: ScopeValue = others.length === 0 ? one : { kind: 'steps', stepIds };
    const { trigger, body, run } = this;
    return { trigger, body, steps: this.top.outputs, input, vars: '{}', run };
  }

  /** For the key of the run's lane: only what began the run is known. @param vars JSON object's text */
  forLane(vars: string): EvaluationScope {
    const { trigger, body, run } = this;
    return { trigger, body, steps: this.top.outputs, input: { kind: 'trigger' }, vars, run };
  }

  /** `run`, with the addresses of the waits that this step can know of. */
  private runFor(step: StepState): string {
    if (this.workflow.waits.length === 0) return this.run;
    const urls = this.workflow.waits.flatMap((wait) => {
      const prefix = prefixOf(wait.loop, step.round);
      return prefix === undefined ? [] : [[wait.id, this.urlOf(wait, prefix + wait.id)]];
    });
    return `${this.run.slice(0, -1)},"resumeUrls":${JSON.stringify(Object.fromEntries(urls))}}`;
  }

  /** @param vars JSON object's text */
  forStep(step: StepState, vars: string): EvaluationScope {
    const { outputs, item, index } = this.frameOf(step);
    const scope = {
      trigger: this.trigger,
      body: this.body,
      steps: outputs,
      input: this.isTrigger(step) ? ({ kind: 'trigger' } as const) : this.inputOf(step),
      vars,
      run: this.runFor(step),
    };
    return item === undefined || index === undefined ? scope : { ...scope, item, index };
  }

  private isTrigger(step: StepState): boolean {
    return step.planned.id === this.workflow.plan.triggerId;
  }

  private frameOf({ round }: StepState): Frame {
    return (round && this.rounds.get(round.prefix)) ?? this.top;
  }
}

/** Where steps of `loop` stand as seen from a round; `undefined`: in rounds that nothing here can name. */
function prefixOf(loop: string | undefined, from: RoundState | undefined): string | undefined {
  if (loop === undefined) return '';
  if (!from) return undefined;
  return from.of.planned.id === loop ? from.prefix : prefixOf(loop, from.of.round);
}

type Outputs = ReadonlyMap<string, ScopeValue>;

async function textOfStep(outputs: Outputs, stepId: string): Promise<string> {
  const value = outputs.get(stepId);
  return value ? textOfValue(outputs, value) : 'null';
}

async function textOfSteps(outputs: Outputs, stepIds: readonly string[]): Promise<string> {
  const parts: string[] = [];
  for (const id of stepIds) parts.push(`${JSON.stringify(id)}:${await textOfStep(outputs, id)}`);
  return `{${parts.join(',')}}`;
}

/** In a round nothing refers to the trigger: what its first step passes on is the item. */
async function textOfValue(outputs: Outputs, value: ScopeValue): Promise<string> {
  switch (value.kind) {
    case 'json':
      return value.json;
    case 'later':
      return value.load();
    case 'step':
      return textOfStep(outputs, value.stepId);
    case 'steps':
      return textOfSteps(outputs, value.stepIds);
    case 'trigger':
    case 'nothing':
      return 'null';
  }
}

/** What was loaded stays until the scope is gone. */
function once<T>(load: () => Promise<T>): () => Promise<T> {
  let loading: Promise<T> | undefined;
  return () => (loading ??= load());
}
