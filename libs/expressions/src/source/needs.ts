import type { EvaluationScope, ScopeValue } from '../evaluator.js';
import type { References } from './references.js';

/** The parts of a scope that some expressions may read, references between values followed. */
export interface Needs {
  readonly trigger: boolean;
  readonly body: boolean;
  readonly input: boolean;
  readonly steps: ReadonlySet<string>;
  /** Whether another name at the root (`vars`, `run`, `item`, `index`) may be read. */
  names(root: string): boolean;
}

/** Follows references through a scope, so that only what can be read is sent and parsed. */
export function needsOf(all: readonly References[], scope: Pick<EvaluationScope, 'steps' | 'input'>): Needs {
  const collector = new NeedCollector(scope);
  for (const references of all) collector.add(references);
  return collector;
}

class NeedCollector implements Needs {
  trigger = false;
  body = false;
  input = false;
  readonly steps = new Set<string>();
  private readonly roots = new Set<string>();
  private all = false;

  constructor(private readonly scope: Pick<EvaluationScope, 'steps' | 'input'>) {}

  names(root: string): boolean {
    return this.all || this.roots.has(root);
  }

  add(references: References): void {
    if (references === 'all') {
      this.all = true;
      this.addTrigger();
      this.addInput();
      this.addSteps([...this.scope.steps.keys()]);
      return;
    }
    for (const root of references.roots) this.roots.add(root);
    if (references.roots.includes('trigger')) this.trigger = true;
    if (references.body) this.body = true;
    if (references.roots.includes('input')) this.addInput();
    this.addSteps(references.steps === 'all' ? [...this.scope.steps.keys()] : references.steps);
  }

  private addTrigger(): void {
    this.trigger = true;
    this.body = true;
  }

  private addInput(): void {
    this.input = true;
    this.addValue(this.scope.input);
  }

  private addSteps(ids: readonly string[]): void {
    for (const id of ids) {
      const value = this.scope.steps.get(id);
      if (!value || this.steps.has(id)) continue;
      this.steps.add(id);
      this.addValue(value);
    }
  }

  private addValue(value: ScopeValue): void {
    if (value.kind === 'trigger') this.addTrigger();
    else if (value.kind === 'step') this.addSteps([value.stepId]);
    else if (value.kind === 'steps') this.addSteps(value.stepIds);
  }
}
