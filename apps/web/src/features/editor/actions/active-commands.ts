import { onScopeDispose, readonly, shallowRef, type DeepReadonly, type ShallowRef } from 'vue';
import type { CommandId } from './shortcuts.js';

/** What can be done now, outside of any key press: on the chosen steps or the whole workflow. */
export type ActiveCommands = ReadonlyMap<CommandId, () => void>;

const active = shallowRef<ActiveCommands>(new Map());

/** The commands of the editor that is open; empty outside of it. */
export function useActiveCommands(): DeepReadonly<ShallowRef<ActiveCommands>> {
  return readonly(active);
}

/** Offers commands for as long as the calling scope lives. */
export function offerCommands(commands: ActiveCommands): void {
  active.value = new Map([...active.value, ...commands]);
  onScopeDispose(() => {
    active.value = new Map([...active.value].filter(([id, run]) => commands.get(id) !== run));
  });
}
