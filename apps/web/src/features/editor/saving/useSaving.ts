import type { WorkflowView } from '@hookloom/contracts';
import { useEventListener } from '@vueuse/core';
import { computed, onScopeDispose, shallowRef, watch, type ShallowRef } from 'vue';
import { ApiError, ConnectionError } from '../../../api/errors.js';
import type { ErrorSentences } from '../../../api/useErrorSentences.js';
import type { Draft } from '../document/draft.js';
import { filledIn } from '../document/filled-in.js';
import { findKeptDraft, forgetDraft, keepDraft } from './kept-draft.js';
import type { DraftHistory } from './useHistory.js';

/** Edits are saved this long after the first of them. */
const SAVE_AFTER_MS = 900;
/** While the server is away it is asked again this often. */
const AGAIN_AFTER_MS = 3_000;
const CONFLICT = 409;

export type SavingState =
  | { readonly kind: 'saved'; readonly at: Date | undefined }
  | { readonly kind: 'changed' | 'saving' }
  /** The server does not answer; the edits are kept on this device. */
  | { readonly kind: 'away' }
  | { readonly kind: 'refused'; readonly why: ErrorSentences }
  /** Somebody saved another draft meanwhile: both are there until a person chooses. */
  | { readonly kind: 'conflict'; readonly theirs: WorkflowView };

/** How the drafts get to the server, and what a person reads of an error. */
export interface SavingPort {
  save(update: { name: string; definition: Draft['definition']; revision: number }): Promise<WorkflowView>;
  load(): Promise<WorkflowView>;
  toSentences(error: unknown): ErrorSentences;
}

export function toDraft({ name, definition }: WorkflowView): Draft {
  return { name, definition };
}

/** Brings drafts to the server, one call at a time, and keeps on this device what it does not have yet. */
class DraftSaver {
  readonly state = shallowRef<SavingState>({ kind: 'saved', at: undefined });
  /** What the server has: its facts, and the same draft as an object of our history. */
  readonly server: ShallowRef<WorkflowView>;
  private readonly saved: ShallowRef<Draft>;
  readonly isClean = computed(() => this.history.draft.value === this.saved.value);
  private timer: ReturnType<typeof setTimeout> | undefined;
  private underWay: Promise<void> | undefined;

  constructor(
    private readonly history: DraftHistory,
    private readonly opened: WorkflowView,
    private readonly port: SavingPort,
  ) {
    this.server = shallowRef(opened);
    this.saved = shallowRef(history.draft.value);
  }

  private plan(afterMs: number): void {
    this.timer ??= setTimeout(() => void this.saveNow(), afterMs);
  }
  async saveNow(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.underWay) return this.underWay;
    if (this.isClean.value || this.state.value.kind === 'conflict') return;
    this.underWay = this.saveOnce().finally(() => (this.underWay = undefined));
    await this.underWay;
  }
  private async saveOnce(): Promise<void> {
    const sent = this.history.draft.value;
    this.state.value = { kind: 'saving' };
    try {
      this.take(sent, await this.port.save({ ...sent, revision: this.server.value.revision }));
    } catch (error) {
      await this.notSaved(error);
    }
  }
  /** Notes what was saved, with what the server filled in. */
  private take(sent: Draft, answer: WorkflowView): void {
    const wasLast = this.history.draft.value === sent;
    const fill = filledIn(sent.definition, answer.definition);
    if (fill) this.history.amend(fill);
    this.server.value = answer;
    this.saved.value = wasLast ? this.history.draft.value : sent;
    this.state.value = this.isClean.value ? { kind: 'saved', at: new Date() } : { kind: 'changed' };
    this.keep();
  }
  private async notSaved(error: unknown): Promise<void> {
    try {
      if (!(error instanceof ApiError) || error.status !== CONFLICT) throw error;
      this.state.value = { kind: 'conflict', theirs: await this.port.load() };
    } catch (cause) {
      const isAway = cause instanceof ConnectionError;
      this.state.value = isAway ? { kind: 'away' } : { kind: 'refused', why: this.port.toSentences(cause) };
      if (isAway) this.plan(AGAIN_AFTER_MS);
    }
  }
  /** Keeps on this device what the server does not have, and plans to bring it there. */
  private keep(): void {
    if (this.isClean.value) return forgetDraft(this.opened.id);
    keepDraft(this.opened.id, this.history.draft.value, this.server.value.revision);
    if (this.state.value.kind !== 'conflict') this.plan(SAVE_AFTER_MS);
  }

  /** Something was edited, undone or done again. */
  noteChange(): void {
    const { kind } = this.state.value;
    if (this.isClean.value && kind === 'changed') this.state.value = { kind: 'saved', at: undefined };
    else if (!this.isClean.value && (kind === 'saved' || kind === 'refused'))
      this.state.value = { kind: 'changed' };
    this.keep();
  }
  /** Takes up edits of an earlier visit that never reached the server. */
  restore(): void {
    const kept = findKeptDraft(this.opened.id);
    if (kept === undefined) return;
    const { revision, name, definition } = kept;
    if (isSame({ name, definition }, toDraft(this.opened))) return forgetDraft(this.opened.id);
    this.history.edit({ key: 'editor.edits.restored' }, () => ({ name, definition }));
    if (revision !== this.opened.revision) this.state.value = { kind: 'conflict', theirs: this.opened };
    this.noteChange();
  }
  /** Makes the server's draft the present one. Mine stays one undo away. */
  private adopt(theirs: WorkflowView): void {
    this.history.edit({ key: 'editor.edits.tookTheirs' }, () => toDraft(theirs));
    this.server.value = theirs;
    this.saved.value = this.history.draft.value;
    this.state.value = { kind: 'saved', at: new Date(theirs.updatedAt) };
    forgetDraft(this.opened.id);
  }
  /** What a look at the server showed: a newer draft is taken over where nothing here would be lost. */
  noteServer(view: WorkflowView): void {
    const isOld = view.revision < this.server.value.revision;
    if (this.underWay || isOld || this.state.value.kind === 'conflict') return;
    if (view.revision === this.server.value.revision) this.server.value = view;
    else if (this.isClean.value) this.adopt(view);
  }
  takeTheirs(): void {
    if (this.state.value.kind === 'conflict') this.adopt(this.state.value.theirs);
  }
  keepMine(): void {
    if (this.state.value.kind !== 'conflict') return;
    const { theirs } = this.state.value;
    const mine = this.history.draft.value;
    // Theirs becomes a state of the history: an undo brings it back.
    this.history.edit({ key: 'editor.edits.tookTheirs' }, () => toDraft(theirs));
    this.history.edit({ key: 'editor.edits.keptMine' }, () => mine);
    this.server.value = theirs;
    this.state.value = { kind: 'changed' };
    void this.saveNow();
  }
}

/**
 * Saves the draft by itself, never over what somebody else saved meanwhile, and keeps on this device what the server
 * does not have yet. Undo and redo are changes like any other.
 */
export function useSaving(history: DraftHistory, opened: WorkflowView, port: SavingPort) {
  const saver = new DraftSaver(history, opened, port);
  saver.restore();
  watch(history.draft, () => saver.noteChange(), { flush: 'sync' });
  useEventListener(window, 'online', () => void saver.saveNow());
  onScopeDispose(() => void saver.saveNow());
  return {
    state: saver.state,
    server: saver.server,
    isClean: saver.isClean,
    /** Saves at once. @returns whether the server has everything now */
    async flush(): Promise<boolean> {
      await saver.saveNow();
      if (!saver.isClean.value) await saver.saveNow();
      return saver.isClean.value;
    },
    noteServer: (view: WorkflowView) => saver.noteServer(view),
    takeTheirs: () => saver.takeTheirs(),
    keepMine: () => saver.keepMine(),
  };
}
export type Saving = ReturnType<typeof useSaving>;

function isSame(one: Draft, other: Draft): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
