import { LIMITS } from '@hookloom/contracts';
import type { EvaluationScope, ScopeValue, TriggerBody } from '@hookloom/expressions';
import type { PlannedStep } from '@hookloom/engine';
import { readQuery } from '@hookloom/payload';
import { PermanentError } from '@hookloom/step-kit';
import type { CompiledWorkflow } from './compiled-workflow.js';
import type { ClaimedRun } from './ports.js';

/** What the expressions of one run see; grows as steps finish. Values stay JSON text. */
export class RunScope {
  private readonly outputs = new Map<string, ScopeValue>();
  private readonly trigger: string;
  private readonly body: TriggerBody;
  private readonly run: string;
  /** `input` in the test of a single step. */
  private readonly testInput: string;
  private outputBytes = 0;

  constructor(
    claimed: ClaimedRun,
    private readonly workflow: CompiledWorkflow,
  ) {
    this.trigger = triggerText(claimed);
    this.body = bodyOf(claimed);
    this.run = JSON.stringify({
      id: claimed.id,
      workflowKey: workflow.key,
      workflowName: workflow.name,
      startedAt: claimed.startedAt.toISOString(),
    });
    const { triggerId } = workflow.plan;
    if (triggerId !== undefined) this.outputs.set(triggerId, { kind: 'trigger' });
    this.testInput = claimed.input ?? 'null';
  }

  /** Keeps a finished step's own output. */
  setOutput(stepId: string, json: string): void {
    this.outputBytes += Buffer.byteLength(json);
    this.outputs.set(stepId, { kind: 'json', json });
  }

  /** @throws PermanentError when the outputs of the run would grow over LIMITS.runOutputBytes */
  checkRoom(json: string): void {
    if (this.outputBytes + Buffer.byteLength(json) <= LIMITS.runOutputBytes) return;
    throw new PermanentError(
      `The steps of this run gave more than ${LIMITS.runOutputBytes} bytes in all. Keep only the fields you need.`,
      { code: 'run_too_large' },
    );
  }

  /** Keeps that a step passed its input on. */
  setPassed(planned: PlannedStep): void {
    if (planned.id === this.workflow.plan.triggerId) return;
    this.outputs.set(planned.id, this.inputOf(planned));
  }

  /** `input`: the output of the step before; with several, an object by step id. */
  inputOf(planned: PlannedStep): ScopeValue {
    if (this.workflow.plan.triggerId === undefined) return { kind: 'json', json: this.testInput };
    const [first, ...others] = planned.sources;
    if (first === undefined) return { kind: 'nothing' };
    if (others.length === 0) return { kind: 'step', stepId: first };
    return { kind: 'steps', stepIds: planned.sources.filter((id) => this.outputs.has(id)) };
  }

  /** @param vars JSON object's text */
  forStep(planned: PlannedStep, vars: string): EvaluationScope {
    return {
      trigger: this.trigger,
      body: this.body,
      steps: this.outputs,
      input: planned.id === this.workflow.plan.triggerId ? { kind: 'trigger' } : this.inputOf(planned),
      vars,
      run: this.run,
    };
  }
}

/** `trigger` without its body, as the contract lists it. */
function triggerText(claimed: ClaimedRun): string {
  const { event } = claimed;
  if (!event) {
    const told = { id: claimed.id, receivedAt: claimed.createdAt.toISOString(), headers: {}, query: {} };
    return JSON.stringify({ ...told, type: claimed.kind });
  }
  const before = JSON.stringify({
    id: event.id,
    receivedAt: event.receivedAt.toISOString(),
    method: event.method,
    query: readQuery(event.query),
    type: event.type,
    sender: event.sender,
  });
  return `${before.slice(0, -1)},"headers":${event.headersJson}}`;
}

function bodyOf(claimed: ClaimedRun): TriggerBody {
  const { event } = claimed;
  if (!event) return { kind: 'json', json: claimed.input ?? 'null' };
  const { id: eventId, body: bytes, contentType } = event;
  return { kind: 'raw', bytes, contentType, contentEncoding: encodingOf(event.headersJson), eventId };
}

/** Bodies are kept as they were sent. Few are compressed, so the headers are seldom parsed for it. */
function encodingOf(headersJson: string): string | undefined {
  if (!headersJson.includes('"content-encoding":')) return undefined;
  const headers: Record<string, string> = JSON.parse(headersJson);
  return headers['content-encoding'];
}
