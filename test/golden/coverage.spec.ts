import { LOOP, type WorkflowStep } from '@hookloom/contracts';
import { builtInSteps } from '@hookloom/steps';
import { expect, it } from 'vitest';
import { goldenCases } from './golden-case.js';

const cases = goldenCases();
const steps = cases.flatMap(({ workflow }) => workflow.steps);

/** Steps that a case does: an expected step without those of a loop around it. */
function doneIn({ expected }: (typeof cases)[number]): Set<string> {
  return new Set(Object.keys(expected.steps).map((path) => path.slice(path.lastIndexOf('.') + 1)));
}

/** Which handle of its type this is; those that an author names are one. */
function kindOf(type: string | undefined, handle: string): string {
  const isFixed =
    handle === 'error' ||
    builtInSteps
      .get(type ?? '')
      ?.handles({})
      .includes(handle);
  return `${type} ${isFixed ? handle : 'of its own'}`;
}

/** The handles of all edges that a case goes along. */
function handlesTaken(): Set<string> {
  return new Set(
    cases.flatMap((golden) => {
      const done = doneIn(golden);
      const types = new Map(golden.workflow.steps.map(({ id, type }) => [id, type]));
      return golden.workflow.edges
        .filter(({ source, target }) => done.has(source) && done.has(target))
        .map(({ source, sourceHandle = 'out' }) => kindOf(types.get(source), sourceHandle));
    }),
  );
}

function handlesOf(type: string): string[] {
  const definition = builtInSteps.get(type);
  const handles = steps
    .filter((step) => step.type === type)
    .flatMap(({ config }) => definition?.handles(config) ?? []);
  return [...new Set(handles.map((handle) => kindOf(type, handle)))];
}

it('has at least 40 cases', () => {
  expect(cases.length).toBeGreaterThanOrEqual(40);
});

it.each([...builtInSteps.keys()])('does a step of type %s and leaves it by each of its handles', (type) => {
  expect(
    cases.some((golden) =>
      golden.workflow.steps.some((step) => step.type === type && doneIn(golden).has(step.id)),
    ),
  ).toBe(true);
  const taken = handlesTaken();
  expect(handlesOf(type).filter((handle) => !taken.has(handle))).toEqual([]);
});

const POLICIES: [string, (step: WorkflowStep) => boolean][] = [
  ['onError fail', ({ onError = 'fail' }) => onError === 'fail'],
  ['onError continue', ({ onError }) => onError === 'continue'],
  ['onError branch', ({ onError }) => onError === 'branch'],
  ['onUnknown repeat', ({ onUnknown }) => onUnknown === 'repeat'],
  ['onUnknown fail', ({ onUnknown }) => onUnknown === 'fail'],
  ['retries of its own', ({ retry }) => (retry?.maxAttempts ?? 1) > 1],
  ...(['stop', 'continue', 'collect'] as const).map((policy): [string, (step: WorkflowStep) => boolean] => [
    `onItemError ${policy}`,
    ({ type, config }) => type === LOOP.type && (config['onItemError'] ?? 'stop') === policy,
  ]),
];

/** Whether something of the step, or of a round of it, goes wrong. */
function goesWrong({ expected }: (typeof cases)[number], id: string): boolean {
  return Object.entries(expected.steps).some(
    ([path, step]) =>
      (path === id || path.endsWith(`.${id}`) || path.startsWith(`${id}[`)) &&
      (step.error !== undefined || (step.attempts ?? 1) > 1),
  );
}

it.each(POLICIES)('has a case where %s is what counts', (_name, isPolicy) => {
  const found = cases.filter((golden) =>
    golden.workflow.steps.some((step) => isPolicy(step) && goesWrong(golden, step.id)),
  );
  expect(found.map(({ name }) => name)).not.toEqual([]);
});

it('has a case where the retries of the workflow count', () => {
  expect(cases.filter(({ workflow }) => workflow.settings.retry).map(({ name }) => name)).not.toEqual([]);
});
