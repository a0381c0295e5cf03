import { ERROR_TRIGGER, WAIT, type WorkflowDefinition, type WorkflowStep } from '@hookloom/contracts';
import { planOf, planOfOne, type Plan, type PlannedStep } from '@hookloom/engine';
import { compileConfig, type ConfigProgram } from '@hookloom/expressions';
import { ConfigurationError, expressionPathsOf, type StepRegistry, type StepType } from '@hookloom/step-kit';
import type { ClaimedRun, DefinitionSource, LoadedWorkflow } from './ports.js';

/** A step with its type and its expressions compiled; made once a version and trigger. */
export interface CompiledStep {
  readonly step: WorkflowStep;
  readonly type: StepType;
  readonly program: ConfigProgram;
}

/** A definition prepared for runs from one trigger. */
export interface CompiledWorkflow {
  readonly key: string;
  readonly name: string;
  readonly definition: WorkflowDefinition;
  readonly plan: Plan;
  /** Steps whose URLs are known from the run's start. */
  readonly waits: readonly PlannedStep[];
  /** The step that a failed run of this workflow starts from. */
  readonly errorTriggerId: string | undefined;
  /** JSON text by step id: what a step gives without being done. A step that is tested alone is always done. */
  readonly pins: ReadonlyMap<string, string>;
  /** JSON text of what a step that is tested alone sees as `trigger`: the pin of a trigger. */
  readonly triggerPin: string | undefined;
  /** @throws ConfigurationError for a step type that this build does not know */
  step(id: string): CompiledStep;
  /** A step's type, where this build knows it. */
  findType(id: string): StepType | undefined;
}

type Wanted = Pick<
  ClaimedRun,
  'id' | 'projectId' | 'workflowId' | 'version' | 'triggerStepId' | 'onlyStepId'
>;

const CACHED_WORKFLOWS = 500;

/** Loads and compiles definitions; versions never change, so they are kept. Drafts are compiled for each run. */
export class CompiledWorkflows {
  private readonly cache = new Map<string, Promise<CompiledWorkflow>>();

  constructor(
    private readonly source: DefinitionSource,
    private readonly registry: StepRegistry,
  ) {}

  /** @throws PlanError if no run can follow the definition */
  async get(run: Wanted): Promise<CompiledWorkflow> {
    if (run.version === null) return this.compile(run);
    const key = `${run.workflowId}/${run.version}/${run.triggerStepId}/${run.onlyStepId ?? ''}`;
    const known = this.cache.get(key);
    if (known) return known;
    const compiled = this.compile(run);
    this.cache.set(key, compiled);
    compiled.catch(() => this.cache.delete(key));
    this.forgetOldest();
    return compiled;
  }

  private forgetOldest(): void {
    if (this.cache.size <= CACHED_WORKFLOWS) return;
    const oldest = this.cache.keys().next();
    if (!oldest.done) this.cache.delete(oldest.value);
  }

  private async compile(run: Wanted): Promise<CompiledWorkflow> {
    return compileWorkflow(await this.source.load(run), run, this.registry);
  }
}

function compileWorkflow(loaded: LoadedWorkflow, run: Wanted, registry: StepRegistry): CompiledWorkflow {
  const { definition } = loaded;
  const plan =
    run.onlyStepId === undefined
      ? planOf(definition, run.triggerStepId)
      : planOfOne(definition, run.onlyStepId);
  const steps = new Map<string, CompiledStep>();
  const pins = pinsOf(loaded, run);
  const trigger = definition.steps.find(
    ({ id, type }) => pins.has(id) && registry.get(type)?.kind === 'trigger',
  );
  return {
    key: loaded.key,
    name: loaded.name,
    definition,
    plan,
    waits: [...plan.steps.values()].filter(({ step }) => step.type === WAIT),
    errorTriggerId: definition.steps.find((step) => step.type === ERROR_TRIGGER && !step.disabled)?.id,
    pins,
    triggerPin: trigger && pins.get(trigger.id),
    step(id) {
      const known = steps.get(id) ?? compileStep(plan, id, registry);
      steps.set(id, known);
      return known;
    },
    findType: (id) => registry.get(plan.steps.get(id)?.step.type ?? ''),
  };
}

function pinsOf({ pins }: LoadedWorkflow, { version, onlyStepId }: Wanted): ReadonlyMap<string, string> {
  if (version !== null || pins === undefined) return new Map();
  return new Map([...pins].filter(([stepId]) => stepId !== onlyStepId));
}

function compileStep(plan: Plan, id: string, registry: StepRegistry): CompiledStep {
  const step = plan.steps.get(id)?.step;
  if (!step) throw new RangeError(`The plan has no step "${id}".`);
  const type = registry.get(step.type);
  if (!type) {
    throw new ConfigurationError(
      `There is no step type "${step.type}" here. Replace the step, or update Hookloom.`,
      {
        code: 'unknown_type',
      },
    );
  }
  return { step, type, program: compileConfig(step.config, expressionPathsOf(type)) };
}
