import { LOOP, type JournalEntry } from '@hookloom/contracts';
import {
  apply,
  decide,
  emptyRoundState,
  isFresh,
  putBack,
  setPhase,
  stepState,
  type RunState,
  type StepState,
} from '@hookloom/engine';
import { LIMITS } from '@hookloom/contracts';
import type { CompiledWorkflow } from './compiled-workflow.js';
import type { WrittenEntry } from './ports.js';
import type { StepJournal } from './run-journal.js';
import { publishStep, type ExecutionContext } from './execution-context.js';
import { executeStep } from './step-execution.js';

/** Rounds computed together: their expressions share a frame of the evaluator. */
const ROUNDS_AT_ONCE = 100;

/**
 * The loop whose rounds may be computed ahead, many at a time, where `step` begins one. That is so where all steps of
 * a round are pure: nobody can tell in which order they were done, as long as they are recorded in the right one.
 */
export function loopToDoAhead(
  { journal, workflow }: ExecutionContext,
  step: StepState,
): StepState | undefined {
  const { round } = step;
  if (!round || round.of.round || !isFresh(journal.state, round)) return undefined;
  return isPureLoop(workflow, round.of) ? round.of : undefined;
}

const pureLoops = new WeakMap<CompiledWorkflow, Map<string, boolean>>();

function isPureLoop(workflow: CompiledWorkflow, { planned }: StepState): boolean {
  const known = pureLoops.get(workflow) ?? new Map<string, boolean>();
  pureLoops.set(workflow, known);
  const isPure =
    known.get(planned.id) ??
    (planned.body?.steps ?? []).every((id) => {
      const type = workflow.findType(id);
      return type?.repeat === 'pure' && type.type !== LOOP.type;
    });
  known.set(planned.id, isPure);
  return isPure;
}

/**
 * Computes the next rounds of a loop apart from the run, then records them one after the other, up to the first that
 * ends the loop or the run: those behind it are as if they had never been.
 */
export async function doRoundsAhead(context: ExecutionContext, loop: StepState): Promise<void> {
  const { journal, scope } = context;
  const { state } = journal;
  const indexes = nextRounds(state, loop);
  const begun = takeRounds(state, indexes, loop);
  try {
    const computed = await Promise.all(indexes.map((index) => computeRound(context, loop, index)));
    for (const { index, prefix, entries } of computed) {
      if (mayRecord(state, loop, index)) record(context, entries);
      else scope.endRound(prefix);
    }
  } finally {
    for (const path of begun) if (state.steps.get(path)?.phase === 'running') putBack(state, path);
  }
}

/**
 * Those that were begun in name only, then those after them. The first is done alone: from it the evaluator learns what
 * the expressions refer to, else a hundred of them would each take the whole trigger along.
 */
function nextRounds(state: RunState, { loop }: StepState): number[] {
  if (!loop) return [];
  const most = loop.ended === 0 ? 1 : ROUNDS_AT_ONCE;
  const indexes = [...loop.rounds.values()]
    .filter((round) => isFresh(state, round))
    .map(({ index }) => index);
  for (let { next } = loop; next < loop.count && indexes.length < most; next += 1) indexes.push(next);
  return indexes.slice(0, most);
}

/** Rounds under way are being computed: nobody else begins their steps meanwhile. */
function takeRounds(state: RunState, indexes: readonly number[], loop: StepState): string[] {
  const paths = [...state.ready].filter((path) => {
    const round = state.steps.get(path)?.round;
    return round?.of === loop && indexes.includes(round.index);
  });
  for (const path of paths) setPhase(state, path, 'running');
  return paths;
}

function mayRecord(state: RunState, loop: StepState, index: number): boolean {
  const isOver = state.end !== undefined || state.failure !== undefined || loop.loop?.failure !== undefined;
  return !isOver && loop.loop?.rounds.has(index) === true;
}

function record(context: ExecutionContext, entries: readonly WrittenEntry[]): void {
  for (const { entry, outputJson } of entries) {
    const path = 'path' in entry ? entry.path : undefined;
    const step = path === undefined ? undefined : context.journal.state.steps.get(path);
    context.journal.add(entry, outputJson);
    if (step) publishStep(context, step, entry.kind === 'failed' ? 'failed' : 'succeeded');
  }
}

interface ComputedRound {
  readonly index: number;
  readonly entries: readonly WrittenEntry[];
  readonly prefix: string;
}

const SILENT = { publish: () => undefined, answered: () => undefined, ring: () => undefined };

/** Interrupted, it gives nothing: the round has not begun. */
async function computeRound(
  context: ExecutionContext,
  loop: StepState,
  index: number,
): Promise<ComputedRound> {
  const state = emptyRoundState(context.journal.state.plan, loop, index);
  const journal = new RoundJournal(state, context.journal);
  const apart: ExecutionContext = {
    ...context,
    journal,
    underWay: new Set(),
    deps: { ...context.deps, changes: SILENT },
  };
  while (state.endedRounds.length === 0 && !state.end && !context.signal.aborted) {
    const decision = decide(state, context.deps.now());
    if (decision.kind !== 'execute') break;
    await Promise.all(decision.paths.map((path) => executeStep(apart, stepState(state, path))));
  }
  const isDone = state.endedRounds.length > 0 || state.end !== undefined;
  return { index, prefix: `${loop.path}[${index}].`, entries: isDone ? journal.entries : [] };
}

/** The entries of one round that is computed ahead; only values over LIMITS.inlineBytes are stored at once. */
class RoundJournal implements StepJournal {
  readonly entries: WrittenEntry[] = [];

  constructor(
    readonly state: RunState,
    private readonly run: StepJournal,
  ) {}

  add(entry: JournalEntry, outputJson?: string): void {
    apply(this.state, entry);
    this.entries.push({ entry, outputJson });
  }

  async addOutput(entry: Extract<JournalEntry, { kind: 'succeeded' }>, outputJson: string): Promise<void> {
    if (Buffer.byteLength(outputJson) <= LIMITS.inlineBytes) this.add(entry, outputJson);
    else this.add({ ...entry, outputRef: await this.run.storeValue(outputJson) });
  }

  storeValue(json: string): ReturnType<StepJournal['storeValue']> {
    return this.run.storeValue(json);
  }

  noteEffect(): void {
    // Steps of these rounds have none.
  }

  async beforeEffect(): Promise<void> {
    // Steps of these rounds have none.
  }

  async write(): Promise<void> {
    // The run writes when it has recorded the round.
  }
}
