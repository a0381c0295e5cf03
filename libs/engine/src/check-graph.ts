import { LOOP, type WorkflowDefinition, type WorkflowProblem, type WorkflowStep } from '@hookloom/contracts';
import { bodiesOf, strayEdge } from './loop-bodies.js';
import { DEFAULT_HANDLE, edgesBySource, planOf } from './plan.js';

/** What the graph check must know of step types. */
export interface StepTypeFacts {
  isTrigger(type: string): boolean;
  /** The handles a step can be left by, `error` aside; `undefined` for an unknown type. */
  handlesOf(step: WorkflowStep): readonly string[] | undefined;
}

/** Finds what is wrong with the shape of a draft. Settings of the single steps are checked elsewhere. */
export function checkGraph(definition: WorkflowDefinition, facts: StepTypeFacts): WorkflowProblem[] {
  const problems = [...checkSteps(definition, facts), ...checkEdges(definition, facts)];
  const triggers = definition.steps.filter((step) => facts.isTrigger(step.type));
  if (triggers.length === 0) {
    problems.push(
      blocking('no_trigger', 'steps', 'The workflow has no trigger, so nothing can start it. Add one.'),
    );
  }
  return [...problems, ...checkReach(definition, triggers)];
}

function blocking(code: string, path: string, message: string, stepId?: string): WorkflowProblem {
  return { code, path, message, blocking: true, ...(stepId === undefined ? {} : { stepId }) };
}

function checkSteps(definition: WorkflowDefinition, facts: StepTypeFacts): WorkflowProblem[] {
  const seen = new Set<string>();
  return definition.steps.flatMap((step, index) => {
    const problems: WorkflowProblem[] = [];
    if (seen.has(step.id)) {
      problems.push(
        blocking(
          'duplicate_id',
          `steps.${index}.id`,
          `Two steps have the id "${step.id}". Change one.`,
          step.id,
        ),
      );
    }
    seen.add(step.id);
    if (facts.handlesOf(step) === undefined) {
      const message = `There is no step type "${step.type}" here. Replace the step, or update Hookloom.`;
      problems.push(blocking('unknown_type', `steps.${index}.type`, message, step.id));
    }
    return problems;
  });
}

function checkEdges(definition: WorkflowDefinition, facts: StepTypeFacts): WorkflowProblem[] {
  const byId = new Map(definition.steps.map((step) => [step.id, step]));
  return definition.edges.flatMap((edge, index) => {
    const source = byId.get(edge.source);
    const target = byId.get(edge.target);
    if (!source || !target) {
      const missing = source ? edge.target : edge.source;
      return [
        blocking(
          'missing_step',
          `edges.${index}`,
          `An edge leads to or from "${missing}", which does not exist. Remove it.`,
        ),
      ];
    }
    if (facts.isTrigger(target.type)) {
      return [
        blocking(
          'edge_into_trigger',
          `edges.${index}`,
          `An edge leads into the trigger "${target.id}". Triggers only start.`,
          target.id,
        ),
      ];
    }
    return checkHandle(source, edge.sourceHandle ?? DEFAULT_HANDLE, index, facts);
  });
}

function checkHandle(
  source: WorkflowStep,
  handle: string,
  index: number,
  facts: StepTypeFacts,
): WorkflowProblem[] {
  const handles = facts.handlesOf(source);
  if (handles === undefined || handles.includes(handle)) return [];
  if (handle === 'error' && source.onError === 'branch') return [];
  if (handles.length === 0 && handle === DEFAULT_HANDLE) return [neverTaken(source.id, index)];
  const known = handles.map((name) => `"${name}"`).join(', ') || 'none';
  const message =
    handle === 'error'
      ? `"${source.id}" is left by "error", but its errors do not branch. Set "On error" to "Branch".`
      : `"${source.id}" has no handle "${handle}" (it has ${known}). Connect the edge again.`;
  return [blocking('missing_handle', `edges.${index}.sourceHandle`, message, source.id)];
}

/** A step that only ends the run may be drawn with something after it: that is never done, and harms nobody. */
function neverTaken(stepId: string, index: number): WorkflowProblem {
  const message = `"${stepId}" ends the run, so what follows it never runs. Remove the edge.`;
  return { code: 'never_taken', stepId, path: `edges.${index}`, message, blocking: false };
}

function checkReach(definition: WorkflowDefinition, triggers: readonly WorkflowStep[]): WorkflowProblem[] {
  const cycle = findCycle(definition);
  if (cycle !== undefined) {
    return [
      blocking(
        'cycle',
        'edges',
        `The steps form a circle through "${cycle}". Remove one of its edges.`,
        cycle,
      ),
    ];
  }
  const strays = checkLoops(definition);
  if (strays.length > 0) return strays;
  const reached = new Set(triggers.flatMap((trigger) => [...planOf(definition, trigger.id).steps.keys()]));
  return definition.steps.flatMap((step, index) =>
    reached.has(step.id) || triggers.length === 0
      ? []
      : [
          {
            code: 'unreachable',
            stepId: step.id,
            path: `steps.${index}`,
            message: `Nothing leads to "${step.name ?? step.id}", so it never runs.`,
            blocking: false,
          },
        ],
  );
}

/** A loop's body is done round by round: nothing of it may go on, or be reached, outside. */
function checkLoops(definition: WorkflowDefinition): WorkflowProblem[] {
  const loops = definition.steps.filter((step) => step.type === LOOP.type).map((step) => step.id);
  if (loops.length === 0) return [];
  const outgoing = edgesBySource(definition, new Map(definition.steps.map((step) => [step.id, step])));
  const ids = definition.steps.map((step) => step.id);
  const stray = strayEdge(ids, outgoing, bodiesOf(loops, outgoing));
  if (!stray) return [];
  const { loop, source, target } = stray;
  const message = `"${target}" is done in each round of "${loop}", but an edge leads to it from "${source}", which is outside. Connect what follows the loop to its handle "${LOOP.done}".`;
  const index = definition.edges.findIndex((edge) => edge.source === source && edge.target === target);
  return [blocking('edge_leaves_loop', `edges.${index}`, message, target)];
}

/** A step on a circle anywhere in the document, reachable from a trigger or not. */
function findCycle(definition: WorkflowDefinition): string | undefined {
  const incoming = new Map(definition.steps.map((step) => [step.id, 0]));
  const followers = new Map<string, string[]>(definition.steps.map((step) => [step.id, []]));
  for (const edge of definition.edges) {
    if (!incoming.has(edge.source) || !incoming.has(edge.target)) continue;
    incoming.set(edge.target, (incoming.get(edge.target) ?? 0) + 1);
    followers.get(edge.source)?.push(edge.target);
  }
  const free = [...incoming].filter(([, count]) => count === 0).map(([id]) => id);
  for (let id = free.pop(); id !== undefined; id = free.pop()) {
    incoming.delete(id);
    for (const target of followers.get(id) ?? []) {
      const left = (incoming.get(target) ?? 0) - 1;
      incoming.set(target, left);
      if (left === 0) free.push(target);
    }
  }
  return [...incoming.keys()][0];
}
