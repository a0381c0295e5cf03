import { REDACTED, type Redactor, type StepResultView } from '@hookloom/contracts';
import { stepResults, type StepResult } from '@hookloom/engine';
import { readQuery } from '@hookloom/payload';
import type { EventDetailRow, RunRow } from '@hookloom/persistence';
import { Injectable } from '@nestjs/common';
import { AppParts } from '../app-parts.js';
import { EventBodies } from '../events/event-bodies.js';
import { headersOf } from '../events/event-view.js';
import { maskHeaders, maskQuery } from '../events/masked-headers.js';
import { hideInStep } from '../redaction/hide-in-step.js';
import { hideNamed } from '../redaction/hide-named.js';
import { redactorOf } from '../redaction/redactor-of.js';
import { planOfRun } from './run-plan.js';
import { refsNeeded, StepValues, type SizedValue, type ValueSources } from './step-values.js';
import { toStepViews } from './step-views.js';

/** Which of a run's step results to show. */
export interface StepChoice {
  readonly pick: (results: readonly StepResult[]) => readonly StepResult[];
  /** Inputs and outputs in one answer, bytes. */
  readonly maxValueBytes: number;
}

/** Some of a run's step results, and all of them without their values. */
export interface ShownSteps {
  readonly steps: StepResultView[];
  readonly all: readonly StepResult[];
}

/** What the steps of a run did, folded from its journal. */
@Injectable()
export class RunSteps {
  constructor(
    private readonly parts: AppParts,
    private readonly bodies: EventBodies,
  ) {}

  /** Steps in the order they started, the trigger's first; none when the run's definition is gone. */
  async list(projectId: string, run: RunRow, choice: StepChoice): Promise<ShownSteps> {
    const { runs } = this.parts.store;
    const origin = await runs.originOf(projectId, run);
    const plan = planOfRun(run, origin);
    if (plan === undefined) return { steps: [], all: [] };
    const journal = await runs.journalOf(projectId, run.id);
    const results = stepResults(plan, journal, run.status);
    const sources: ValueSources = {
      trigger: run.onlyStep === null ? await this.triggerOf(projectId, run, origin.input) : undefined,
      testInput: run.onlyStep === null ? undefined : toSized(origin.input ?? 'null'),
    };
    const shown = choice.pick(results);
    const stored = await runs.valuesOf(projectId, refsNeeded(results, shown));
    const values = new StepValues(results, sources, (ref) => stored.get(ref));
    const steps = toStepViews(shown, values, choice.maxValueBytes);
    const redactor = await redactorOf(this.parts.store, projectId);
    return { steps: steps.map((step) => hideInStep(redactor, step)), all: results };
  }

  /** `trigger`: the event, or the input of a run without one. */
  private async triggerOf(projectId: string, run: RunRow, input: string | null): Promise<SizedValue> {
    if (run.eventId === null) {
      const told = { id: run.id, receivedAt: run.createdAt.toISOString(), headers: {}, query: {} };
      const body = toSized(input ?? 'null');
      return { value: { ...told, body: body.value, type: run.kind }, bytes: body.bytes };
    }
    const event = await this.parts.store.events.find(projectId, run.eventId);
    if (!event) return { value: { id: run.eventId }, bytes: 0 };
    const redactor = await redactorOf(this.parts.store, projectId);
    return { value: await this.describe(event, redactor), bytes: event.bodyBytes + event.headers.length };
  }

  /** Masked like the event itself: a run's page must not give away what the event's page hides. */
  private async describe(event: EventDetailRow, redactor: Redactor): Promise<object> {
    return {
      id: event.id,
      receivedAt: event.receivedAt.toISOString(),
      method: event.method,
      headers: hideNamed(redactor, maskHeaders(headersOf(event), event.sender), REDACTED),
      query: hideNamed<string | string[]>(
        redactor,
        maskQuery(readQuery(event.query), event.sender),
        REDACTED,
      ),
      body: redactor.redact(await this.bodies.read(event)).value,
      type: event.type ?? undefined,
      sender: event.sender,
    };
  }
}

function toSized(json: string): SizedValue {
  return { value: JSON.parse(json), bytes: json.length };
}
