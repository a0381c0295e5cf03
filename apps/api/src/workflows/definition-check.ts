import {
  CALL_WORKFLOW,
  innerSenderOf,
  takesEvents,
  type WorkflowDefinition,
  type WorkflowProblem,
  type WorkflowStep,
} from '@hookloom/contracts';
import { checkGraph, type StepTypeFacts } from '@hookloom/engine';
import { checkConfig, type StepRegistry, type StepType } from '@hookloom/step-kit';
import { findExpressionProblems, type UnreadableSources } from './expression-check.js';
import { checkSettings } from './settings-check.js';
import type { StepProblem } from './step-problem.js';

/** What of the project a document may refer to. */
export interface DefinitionFacts {
  readonly steps: StepRegistry;
  /** By key: for whom it is, and whether requests to it are let in unchecked though its sender signs. */
  readonly endpoints: ReadonlyMap<string, { readonly sender: string; readonly isUnchecked: boolean }>;
  /** By key: the connection's type, and what its last test said if it failed. */
  readonly connections: ReadonlyMap<string, { readonly type: string; readonly brokenBy: string | null }>;
  /** By key: which workflows there are, and whether a version of them is live. */
  readonly workflows: ReadonlyMap<string, { readonly isLive: boolean }>;
  readonly unreadable: UnreadableSources;
}

/** The publish check: everything that is missing or wrong in a document. Blocking problems prevent publishing. */
export function checkDefinition(definition: WorkflowDefinition, facts: DefinitionFacts): WorkflowProblem[] {
  return [
    ...checkGraph(definition, graphFacts(facts.steps)),
    ...definition.steps.flatMap((step, index) => checkStep(step, index, facts)),
    ...checkSettings(definition.settings, facts.unreadable),
  ];
}

/** Keys of the endpoints, connections and workflows that a document names. */
export function keysNamedBy(definition: WorkflowDefinition): {
  endpoints: string[];
  connections: string[];
  workflows: string[];
} {
  const named = (field: string) => [
    ...new Set(definition.steps.map((step) => step.config[field]).filter((key) => typeof key === 'string')),
  ];
  return { endpoints: named('endpoint'), connections: named('connection'), workflows: named('workflow') };
}

function graphFacts(steps: StepRegistry): StepTypeFacts {
  return {
    isTrigger: (type) => steps.get(type)?.kind === 'trigger',
    handlesOf: (step) => steps.get(step.type)?.handles(step.config),
  };
}

/** A disabled step does nothing, so what is wrong with it only warns. */
function checkStep(step: WorkflowStep, index: number, facts: DefinitionFacts): WorkflowProblem[] {
  const stepType = facts.steps.get(step.type);
  if (!stepType) return [];
  const problems: StepProblem[] = [
    ...checkConfig(stepType, step.config),
    ...findExpressionProblems(stepType, step.config, facts.unreadable),
    ...endpointProblems(step, facts),
    ...connectionProblems(stepType, step, facts),
    ...calledWorkflowProblems(step, facts),
  ];
  return problems.map((problem) => ({
    ...problem,
    stepId: step.id,
    path: ['steps', index, 'config', problem.path].filter((part) => part !== '').join('.'),
    blocking: problem.blocking && step.disabled !== true,
  }));
}

function endpointProblems(step: WorkflowStep, facts: DefinitionFacts): StepProblem[] {
  if (!takesEvents(step.type)) return [];
  const key = step.config['endpoint'];
  if (typeof key !== 'string' || key === '') {
    return [toProblem('missing_endpoint', 'endpoint', 'This trigger has no endpoint. Choose one.')];
  }
  const endpoint = facts.endpoints.get(key);
  if (!endpoint) {
    return [
      toProblem(
        'missing_endpoint',
        'endpoint',
        `There is no endpoint with the key "${key}". Choose another one.`,
      ),
    ];
  }
  const inner = innerSenderOf(step.type);
  if (inner !== undefined && endpoint.sender !== inner) {
    const message = `The endpoint "${key}" is for something else. Take the key out: a new one is made when saving.`;
    return [toProblem('wrong_endpoint', 'endpoint', message)];
  }
  if (!endpoint.isUnchecked) return [];
  const message = `Anybody who knows the URL of "${key}" can start this workflow. Enter the secret of its sender.`;
  return [{ code: 'unchecked_endpoint', path: 'endpoint', message, blocking: false }];
}

function connectionProblems(stepType: StepType, step: WorkflowStep, facts: DefinitionFacts): StepProblem[] {
  const wanted = stepType.connection;
  const key = step.config['connection'];
  if (!wanted || typeof key !== 'string' || key === '') return [];
  const found = facts.connections.get(key);
  if (found === undefined) {
    return [
      toProblem(
        'missing_connection',
        'connection',
        `There is no connection with the key "${key}". Choose another one.`,
      ),
    ];
  }
  if (!wanted.types.some((fitting) => fitting === found.type)) {
    const message = `"${key}" is a connection of the type ${found.type}; this step needs ${wanted.types.join(' or ')}.`;
    return [toProblem('wrong_connection', 'connection', message)];
  }
  if (found.brokenBy === null) return [];
  const message = `The last test of the connection "${key}" failed. ${found.brokenBy}`;
  return [{ code: 'broken_connection', path: 'connection', message, blocking: false }];
}

/** Only warns: which of two workflows is published first is left to people. */
function calledWorkflowProblems(step: WorkflowStep, { workflows }: DefinitionFacts): StepProblem[] {
  const key = step.config['workflow'];
  if (step.type !== CALL_WORKFLOW || typeof key !== 'string' || key === '' || key.includes('{{')) return [];
  const called = workflows.get(key);
  if (called?.isLive) return [];
  const [code, message] = called
    ? ['workflow_not_live', `The workflow "${key}" is not live, so this step would fail. Publish it too.`]
    : [
        'missing_workflow',
        `There is no workflow with the key "${key}", so this step would fail. Choose another one.`,
      ];
  return [{ code, path: 'workflow', message, blocking: false }];
}

function toProblem(code: string, path: string, message: string): StepProblem {
  return { code, path, message, blocking: true };
}
