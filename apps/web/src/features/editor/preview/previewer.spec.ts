import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PreviewAnswer, PreviewRequest } from './preview-messages.js';
import { Previewer, type PreviewOutcome, type WorkerEars } from './previewer.js';

const answer: PreviewAnswer = { ok: true, look: { kind: 'text', size: 1, shown: 'a', isCut: false } };
const setting = { value: '{{ run.id }}', as: 'text' } as const;

/** Workers that answer only when they are told to. */
function aPreviewer() {
  const workers: { ears: WorkerEars; posted: PreviewRequest[]; isAlive: boolean }[] = [];
  const previewer = new Previewer((ears) => {
    const worker = { ears, posted: [] as PreviewRequest[], isAlive: true };
    workers.push(worker);
    return { post: (request) => void worker.posted.push(request), terminate: () => (worker.isAlive = false) };
  });
  const asked = () => workers.flatMap(({ posted }) => posted).filter((request) => request.kind === 'ask');
  const reply = () => workers.at(-1)?.ears.onReply({ id: asked().at(-1)?.id ?? 0, answer });
  return { previewer, workers, asked, reply };
}

describe('the previewer', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('starts its worker with the sample, at the first question', async () => {
    const { previewer, workers, reply } = aPreviewer();
    previewer.setScope('{"run":{}}');
    expect(workers).toHaveLength(0);
    const outcome = previewer.ask(Symbol('a'), setting);
    expect(workers[0]?.posted.map(({ kind }) => kind)).toEqual(['scope', 'ask']);
    reply();
    expect(await outcome).toEqual(answer);
  });

  it('asks one question at a time, and of each asker only the newest', async () => {
    const { previewer, asked, reply } = aPreviewer();
    const [one, other] = [Symbol('one'), Symbol('other')];
    const outcomes = [
      previewer.ask(one, setting),
      previewer.ask(other, setting),
      previewer.ask(other, setting),
    ];
    expect(asked()).toHaveLength(1);
    reply();
    reply();
    expect(await Promise.all(outcomes)).toEqual([answer, 'superseded', answer]);
    expect(asked()).toHaveLength(2);
  });

  it('takes an answer for old when its asker asked again', async () => {
    const { previewer, reply } = aPreviewer();
    const one = Symbol('one');
    const outcomes = [previewer.ask(one, setting), previewer.ask(one, setting)];
    reply();
    reply();
    expect(await Promise.all(outcomes)).toEqual(['superseded', answer]);
  });

  it('kills a worker that hangs, and goes on with another', async () => {
    const { previewer, workers, reply } = aPreviewer();
    const outcomes: Promise<PreviewOutcome>[] = [
      previewer.ask(Symbol('hangs'), setting),
      previewer.ask(Symbol('next'), setting),
    ];
    vi.advanceTimersByTime(2_000);
    expect(workers.map(({ isAlive }) => isAlive)).toEqual([false, true]);
    expect(workers[1]?.posted[0]?.kind).toBe('scope');
    reply();
    expect(await Promise.all(outcomes)).toEqual(['stopped', answer]);
  });

  it('goes on with another when a worker crashes', async () => {
    const { previewer, workers, reply } = aPreviewer();
    const crashed = previewer.ask(Symbol('crashes'), setting);
    workers[0]?.ears.onCrash();
    const next = previewer.ask(Symbol('next'), setting);
    reply();
    expect(await Promise.all([crashed, next])).toEqual(['stopped', answer]);
  });

  it('leaves no worker and no question behind', async () => {
    const { previewer, workers } = aPreviewer();
    const outcome = previewer.ask(Symbol('a'), setting);
    previewer.close();
    expect(await outcome).toBe('superseded');
    expect(workers[0]?.isAlive).toBe(false);
  });
});
