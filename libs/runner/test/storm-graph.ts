import { LOOP, ON_ITEM_ERROR, type OnItemError, type WorkflowDefinition } from '@hookloom/contracts';
import {
  callWorkflow,
  defineStep,
  Evaluated,
  loopOver,
  output,
  passOn,
  PermanentError,
  respond,
  RetryableError,
  suspend,
  type StepContext,
  type StepOutcome,
  type StepRegistry,
  type StepType,
} from '@hookloom/step-kit';
import * as fc from 'fast-check';
import { z } from 'zod';

/** Kept aside, since it is no short value. The same in all answers: of several the first counts, whichever that is. */
const LONG = 'y'.repeat(40_000);

const KINDS = ['pure', 'keyed', 'unsafe', 'vars', 'ask', 'late', 'delay', 'respond', 'child'] as const;

const Config = z.object({
  ms: z.number(),
  fails: z.number(),
  big: z.boolean(),
  refuses: z.boolean(),
  count: z.number(),
  concurrency: z.number(),
  onItemError: z.enum(ON_ITEM_ERROR),
  text: z.unknown(),
});
type Config = z.infer<typeof Config>;

interface DrawnStep {
  readonly kind: (typeof KINDS)[number];
  readonly config: Omit<Config, 'text' | 'refuses'>;
  readonly body: readonly DrawnStep[] | null;
  /** Beside the step before it, not after it. */
  readonly beside: boolean;
  readonly join: 'all' | 'any';
  readonly onError: 'fail' | 'continue';
}

export interface StormGraph {
  readonly definition: WorkflowDefinition;
  /** Rounds whose steps depend on the weather. */
  readonly refuses: boolean;
}

const { line } = fc.letrec<{ line: DrawnStep[] }>((tie) => ({
  line: fc.array(
    fc.record({
      kind: fc.constantFrom(...KINDS),
      config: fc.record({
        ms: fc.constantFrom(0, 5, 400, 1_500),
        fails: fc.constantFrom(0, 0, 0, 1, 2),
        big: fc.boolean(),
        count: fc.constantFrom(0, 1, 3, 7),
        concurrency: fc.constantFrom(1, 2, 5),
        onItemError: fc.constantFrom<OnItemError>(...ON_ITEM_ERROR),
      }),
      body: fc.option(tie('line'), { nil: null, freq: 1, maxDepth: 2, depthSize: 'xsmall' }),
      beside: fc.boolean(),
      join: fc.constantFrom('all', 'any'),
      onError: fc.constantFrom('fail', 'continue'),
    }),
    { minLength: 1, maxLength: 4 },
  ),
}));

/** Lines and branches of steps, loops inside loops, at most one step that is refused. */
export const stormGraph: fc.Arbitrary<StormGraph> = fc
  .record({ line, refusing: fc.option(fc.nat(6), { nil: -1 }), allPure: fc.boolean() })
  .map(({ line: drawn, refusing, allPure }) => toGraph(drawn, refusing, allPure));

function toGraph(outer: readonly DrawnStep[], refusing: number, allPure: boolean): StormGraph {
  const steps: WorkflowDefinition['steps'] = [{ id: 'start', type: 'start', config: {} }];
  const edges: WorkflowDefinition['edges'] = [];
  const add = (drawn: readonly DrawnStep[], from: string, handle: string): void => {
    let before = [{ id: from, handle }];
    let last = before;
    for (const { kind, config, body, beside, join, onError } of drawn) {
      const id = `s${steps.length}`;
      const isRefused = steps.length === refusing && (kind === 'keyed' || kind === 'pure');
      const plain = handle === LOOP.each && allPure ? 'pure' : kind;
      const text = plain === 'vars' ? '{{ vars.a }}' : '';
      steps.push({
        id,
        type: body ? LOOP.type : plain,
        config: { ...config, refuses: isRefused && !body, text },
        join,
        onError,
      });
      if (!beside) before = last;
      for (const source of before) edges.push({ source: source.id, target: id, sourceHandle: source.handle });
      const me = { id, handle: body ? LOOP.done : 'out' };
      last = beside && last !== before ? [...last, me] : [me];
      if (body) add(body, id, LOOP.each);
    }
  };
  add(outer, 'start', 'out');
  const refuses = steps.some(({ config }) => config['refuses'] === true);
  return { definition: { format: 1, steps, edges, settings: {} }, refuses };
}

/** All paths that a run of the graph may have. */
export function pathsOf({ definition }: StormGraph): string[] {
  const body = (loop: string): Set<string> => {
    const found = new Set<string>();
    const open = definition.edges.filter(
      ({ source, sourceHandle }) => source === loop && sourceHandle === LOOP.each,
    );
    for (let edge = open.pop(); edge; edge = open.pop()) {
      found.add(edge.target);
      const { target } = edge;
      open.push(...definition.edges.filter(({ source }) => source === target));
    }
    return found;
  };
  const loops = definition.steps.filter(({ type }) => type === LOOP.type);
  const bodies = new Map(loops.map(({ id }) => [id, body(id)]));
  const paths = (id: string): string[] => {
    const around = loops.filter((loop) => bodies.get(loop.id)?.has(id));
    const [inner] = around.toSorted((a, b) => (bodies.get(a.id)?.size ?? 0) - (bodies.get(b.id)?.size ?? 0));
    if (!inner) return [id];
    const { count } = Config.parse(inner.config);
    return paths(inner.id).flatMap((path) =>
      Array.from({ length: count }, (_, at) => `${path}[${at}].${id}`),
    );
  };
  return definition.steps.flatMap(({ id }) => paths(id));
}

/** What a world does for its steps. */
export interface Hands {
  act<T>(
    key: string,
    ms: number,
    signal: AbortSignal,
    act: (path: string, noteEffect: () => void) => T,
  ): Promise<T>;
  /** What a step waits for will come. */
  answer(key: string): void;
}

export function registryOf(hands: Hands): StepRegistry {
  const type = (
    name: string,
    repeat: StepType['repeat'],
    run: (context: StepContext<Config>) => StepOutcome | Promise<StepOutcome>,
  ): [string, StepType] => [
    name,
    defineStep({
      type: name,
      title: name,
      description: name,
      kind: 'data',
      icon: 'box',
      repeat,
      config: Config,
      handles: () => (name === LOOP.type ? [LOOP.each, LOOP.done] : ['out']),
      ...(name === LOOP.type ? { mainHandle: LOOP.done } : {}),
      run,
    }),
  ];
  const effect = ({ config, attempt, idempotencyKey, signal }: StepContext<Config>) =>
    hands.act(idempotencyKey, config.ms, signal, (path, noteEffect) => {
      if (attempt <= config.fails) throw new RetryableError('Busy.', { retryAfterMs: 1_000 });
      if (config.refuses && !/\[[02-9]/.test(path)) throw new PermanentError('Refused.');
      noteEffect();
      return output(config.big ? path.repeat(20_000) : path);
    });
  const pure = (context: StepContext<Config>) =>
    effect({ ...context, attempt: 9, config: { ...context.config, big: false } });
  const forEver = Number.MAX_SAFE_INTEGER;
  const start = { ...type('start', 'pure', () => passOn('out'))[1], config: z.unknown() };
  return new Map<string, StepType>([
    ['start', start],
    type('pure', 'pure', pure),
    type('keyed', 'keyed', effect),
    type('vars', 'keyed', effect),
    type('unsafe', 'unsafe', effect),
    type(
      'ask',
      'safe',
      ({ idempotencyKey }) => (
        hands.answer(idempotencyKey),
        suspend(forEver, 'out', { waitsFor: 'webhook' })
      ),
    ),
    type('late', 'safe', ({ now }) => suspend(now + 700, 'out', { waitsFor: 'webhook' })),
    type('delay', 'safe', ({ now, config }) => suspend(now + config.ms, 'out')),
    type('respond', 'safe', () => respond({ status: 200, headers: {}, body: LONG })),
    type(
      'child',
      'keyed',
      ({ idempotencyKey }) => (hands.answer(idempotencyKey), callWorkflow('other', null)),
    ),
    type(LOOP.type, 'pure', ({ config: { count, concurrency, onItemError } }) => {
      const items = Array.from({ length: count }, (_, at) => at);
      return loopOver(Evaluated.of(`[${items.join(',\n')}]`), { concurrency, onItemError });
    }),
  ]);
}
