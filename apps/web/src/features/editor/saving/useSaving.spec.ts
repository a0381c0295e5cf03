import type { WorkflowView } from '@hookloom/contracts';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { effectScope, type EffectScope } from 'vue';
import { ApiError, ConnectionError } from '../../../api/errors.js';
import { findStep, type Draft } from '../document/draft.js';
import { renameStep, renameWorkflow } from '../document/edits/change-steps.js';
import { aDraft, aStep, hook } from '../document/facts.fixture.js';
import { findKeptDraft, keepDraft } from './kept-draft.js';
import { useHistory } from './useHistory.js';
import { toDraft, useSaving, type SavingPort } from './useSaving.js';

const LABEL = { key: 'x' };
const at = '2026-11-22T10:00:00.000Z';

function aView(draft: Draft, revision: number): WorkflowView {
  const id = '0190b3f0-0000-7000-8000-000000000001';
  return {
    id,
    key: 'w',
    ...draft,
    revision,
    liveVersion: null,
    status: 'draft',
    senders: [],
    startsByHand: false,
    createdBy: null,
    updatedBy: null,
    createdAt: at,
    updatedAt: at,
    problems: [],
  };
}

/** A server with one workflow, as the API treats it. */
class Server implements SavingPort {
  view = aView(aDraft(hook, aStep('a')), 1);
  isAway = false;
  saves = 0;
  load = async () => this.answer(this.view);
  toSentences = () => ({ title: 'refused' });
  save: SavingPort['save'] = async ({ revision, ...draft }) => {
    this.saves += 1;
    this.answer(undefined);
    if (revision !== this.view.revision) throw new ApiError({ title: 'Conflict', status: 409 });
    return this.saveElsewhere(draft);
  };
  saveElsewhere(draft: Draft): WorkflowView {
    const steps = draft.definition.steps.map((step) =>
      step.id === 'hook' ? { ...step, config: { endpoint: 'e', ...step.config } } : step,
    );
    this.view = aView({ ...draft, definition: { ...draft.definition, steps } }, this.view.revision + 1);
    return this.view;
  }
  private answer<T>(value: T): T {
    if (this.isAway) throw new ConnectionError('away');
    return value;
  }
}

let server: Server;
let scope: EffectScope;
function open() {
  scope = effectScope();
  const opened = scope.run(() => {
    const history = useHistory(toDraft(server.view));
    return { history, saving: useSaving(history, server.view, server) };
  })!;
  const rename = (name: string) => opened.history.edit(LABEL, (draft) => renameStep(draft, 'a', name));
  return { ...opened, rename };
}
const savedName = () => findStep(toDraft(server.view), 'a')!.name;

beforeEach(() => {
  vi.useFakeTimers();
  localStorage.clear();
  server = new Server();
});
afterEach(() => {
  scope.stop();
  vi.useRealTimers();
});

describe('saving', () => {
  it('happens by itself within two seconds, once for many edits', async () => {
    const { rename, saving } = open();
    for (const name of ['b', 'c', 'd']) rename(name);
    await vi.advanceTimersByTimeAsync(2_000);
    expect([server.saves, savedName(), saving.state.value.kind]).toEqual([1, 'd', 'saved']);
    expect(findKeptDraft(server.view.id)).toBeUndefined();
  });

  it('never happens without an edit', async () => {
    open();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(server.saves).toBe(0);
  });

  it('leaves the undo history as it is, and an undo is saved in its turn', async () => {
    const { rename, history } = open();
    rename('b');
    await vi.advanceTimersByTimeAsync(2_000);
    history.undo();
    await vi.advanceTimersByTimeAsync(2_000);
    expect([server.saves, savedName()]).toEqual([2, 'a']);
  });

  it('keeps what the server filled in through an undo', async () => {
    const { rename, history } = open();
    rename('b');
    await vi.advanceTimersByTimeAsync(2_000);
    history.undo();
    expect(findStep(history.draft.value, 'hook')!.config).toEqual({ endpoint: 'e' });
  });
});

describe('while the server is away', () => {
  it('the edits are kept on this device and saved once it is back', async () => {
    const { rename, saving } = open();
    server.isAway = true;
    rename('b');
    await vi.advanceTimersByTimeAsync(2_000);
    expect(saving.state.value.kind).toBe('away');
    expect(findKeptDraft(server.view.id)?.revision).toBe(1);
    server.isAway = false;
    await vi.advanceTimersByTimeAsync(4_000);
    expect([saving.state.value.kind, savedName()]).toEqual(['saved', 'b']);
  });

  it('a reload loses nothing', async () => {
    keepDraft(server.view.id, renameStep(toDraft(server.view), 'a', 'kept'), 1);
    const { history } = open();
    expect(findStep(history.draft.value, 'a')!.name).toBe('kept');
    await vi.advanceTimersByTimeAsync(2_000);
    expect(savedName()).toBe('kept');
  });
});

describe('when somebody else saved', () => {
  async function conflict() {
    const editor = open();
    server.saveElsewhere(renameWorkflow(toDraft(server.view), 'Theirs'));
    editor.rename('mine');
    await vi.advanceTimersByTimeAsync(2_000);
    expect(editor.saving.state.value.kind).toBe('conflict');
    return editor;
  }

  it('their draft can be taken, and mine is one undo away', async () => {
    const { saving, history } = await conflict();
    saving.takeTheirs();
    expect(history.draft.value.name).toBe('Theirs');
    history.undo();
    await vi.advanceTimersByTimeAsync(2_000);
    expect(savedName()).toBe('mine');
  });

  it('mine can be kept, and theirs is one undo away', async () => {
    const { saving, history } = await conflict();
    saving.keepMine();
    await vi.advanceTimersByTimeAsync(2_000);
    expect([savedName(), server.view.name]).toEqual(['mine', 'A workflow']);
    history.undo();
    await vi.advanceTimersByTimeAsync(2_000);
    expect(server.view.name).toBe('Theirs');
  });

  it('nothing is saved over theirs meanwhile', async () => {
    const { rename } = await conflict();
    rename('mine again');
    await vi.advanceTimersByTimeAsync(5_000);
    expect(server.view.name).toBe('Theirs');
  });

  it('a draft kept from an older revision is a conflict from the start', () => {
    keepDraft(server.view.id, renameStep(toDraft(server.view), 'a', 'kept'), 1);
    server.saveElsewhere(toDraft(server.view));
    expect(open().saving.state.value.kind).toBe('conflict');
  });

  it('and nothing was changed here, theirs is taken over', () => {
    const { saving, history } = open();
    saving.noteServer(server.saveElsewhere(renameWorkflow(toDraft(server.view), 'Theirs')));
    expect(history.draft.value.name).toBe('Theirs');
  });
});
