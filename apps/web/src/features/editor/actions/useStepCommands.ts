import type { WorkflowEdge } from '@hookloom/contracts';
import { useEventListener } from '@vueuse/core';
import type { Ref } from 'vue';
import { arrowOf, nudgeBy, stepTowards, type Arrow } from '../canvas/navigation.js';
import { anEdge } from '../document/draft.js';
import { flowOf } from '../document/flow.js';
import { useEditor } from '../editor-context.js';
import { useSingleKeys } from '../../../ui/single-keys.js';
import { offerCommands, useActiveCommands } from './active-commands.js';
import { focusStep, isTyping, stepOf } from './focus-step.js';
import { comboOf, isSingleKey, shortcutOf } from './key-combos.js';
import type { CommandId } from './shortcuts.js';
import { useStepClipboard } from './useStepClipboard.js';

/** What a command is about. */
interface Call {
  /** The step with the focus, or all that are chosen if it is among them. */
  readonly ids: readonly string[];
  /** What a popover opens beside. */
  readonly from: Element | undefined;
  /** The arrow that was pressed, if one was. */
  readonly arrow: Arrow | undefined;
}
type Commands = Partial<Record<CommandId, (call: Call) => void>>;

/** What only the canvas can do. */
interface ViewCommands {
  readonly commands: Commands;
  chosenEdge(): WorkflowEdge | undefined;
}

/** The commands of the canvas and the outline; their keys act only while one of the two has the focus. */
export function useStepCommands(root: Ref<HTMLElement | null>, view?: ViewCommands): void {
  const { actions, linking } = useEditor();
  const isSingleOn = useSingleKeys();
  const active = useActiveCommands();
  const commands: Commands = {
    ...stepCommands(root, view),
    ...useMoveCommands(),
    ...view?.commands,
  };
  function callOf(event?: KeyboardEvent): Call {
    const target = event?.target ?? document.activeElement;
    const step = stepOf(target);
    const from = target instanceof Element && step !== undefined ? target : (root.value ?? undefined);
    return { ids: actions.meant(step), from, arrow: event && arrowOf(event.key) };
  }
  function onKey(event: KeyboardEvent): void {
    if (isTyping(event.target) || event.defaultPrevented) return;
    const shortcut = shortcutOf(event);
    const isOff = !isSingleOn.value && isSingleKey(comboOf(event));
    if (shortcut?.scope !== 'steps' || isOff || isPressed(event)) return;
    const run = commands[shortcut.id] ?? active.value.get(shortcut.id);
    if (run === undefined) return;
    event.preventDefault();
    run(callOf(event));
  }
  /** Connecting takes the arrows, Enter and Escape until it ends. */
  function onLinkingKey(event: KeyboardEvent): void {
    if (linking.state.value === undefined) return;
    const steer: Readonly<Record<string, () => void>> = {
      ArrowDown: () => linking.chooseTarget(1),
      ArrowUp: () => linking.chooseTarget(-1),
      ArrowRight: () => linking.chooseWay(1),
      ArrowLeft: () => linking.chooseWay(-1),
      Escape: () => void linking.take(),
      Enter: () => {
        const link = linking.take();
        if (link) actions.connect(anEdge(link.source, link.handle, link.target));
      },
    };
    const act = steer[event.key];
    if (act === undefined) return void (event.key === 'Tab' && linking.take());
    event.preventDefault();
    event.stopPropagation();
    act();
  }
  useEventListener(root, 'keydown', onLinkingKey, { capture: true });
  useEventListener(root, 'keydown', onKey);
  useStepClipboard(root, () => callOf().ids);
  offerCommands(new Map(offered(commands).map(([id, run]) => [id, () => run(callOf())])));
}

/** What makes sense without the key that was pressed. */
function offered(commands: Commands): [CommandId, (call: Call) => void][] {
  const byKeyOnly: readonly string[] = ['walk', 'extend', 'move', 'moveFar', 'leave'];
  return entriesOf(commands).filter(([id]) => !byKeyOnly.includes(id));
}
function entriesOf(commands: Commands): [CommandId, (call: Call) => void][] {
  return Object.entries(commands).flatMap(([id, run]) => (isCommand(id, commands) && run ? [[id, run]] : []));
}
function isCommand(id: string, commands: Commands): id is CommandId {
  return id in commands;
}

/** Enter and Space on a button of its own, such as a plus, press that button. */
function isPressed({ key, target }: KeyboardEvent): boolean {
  return key === 'Enter' && target instanceof HTMLButtonElement && !target.hasAttribute('data-step');
}

function stepCommands(root: Ref<HTMLElement | null>, view?: ViewCommands): Commands {
  const { rows, openStep, wantedField, actions, palette, tests, pins, linking } = useEditor();
  const first = (act: (id: string, call: Call) => void) => (call: Call) => {
    const [id] = call.ids;
    if (id !== undefined) act(id, call);
  };
  return {
    add: ({ ids, from }) => {
      const opener = from ?? root.value;
      if (opener) palette.openAt(opener, actions.placeForNext(ids[0]));
    },
    replace: first((stepId, { from }) => from && palette.openAt(from, { kind: 'replace', stepId })),
    open: first((id) => {
      actions.open(id);
      wantedField.value = '';
    }),
    rename: first((id) => {
      actions.open(id);
      wantedField.value = 'name';
    }),
    connect: first((id) => linking.begin(id)),
    toggle: ({ ids }) => actions.toggleDisabled(ids),
    duplicate: ({ ids }) => actions.duplicate(ids),
    group: ({ ids }) => actions.group(ids),
    delete: ({ ids }) => {
      const edge = view?.chosenEdge();
      if (edge) actions.disconnect(edge);
      else actions.remove(ids);
    },
    testStep: first((id) => {
      actions.open(id);
      void tests.step(id);
    }),
    pin: first((id) => {
      const row = rows.value.find((each) => each.id === id);
      if (row) void pins.toggle(row);
    }),
    tidy: ({ ids }) => void actions.tidy(ids),
    leave: () => {
      if (openStep.value !== '') openStep.value = '';
      else actions.select([]);
    },
  };
}

function useMoveCommands(): Commands {
  const { draft, rows, openStep, actions, run } = useEditor();
  function towards({ ids, arrow }: Call, isMore: boolean): void {
    const id = stepOf(document.activeElement) ?? ids[0];
    if (id === undefined || arrow === undefined) return;
    const next = stepTowards(draft.value, id, arrow, flowOf(draft.value));
    if (next === undefined) return;
    actions.select(isMore ? [...ids, next] : [next]);
    focusStep(next);
  }
  /** Steps that took part in the run that is shown; all of them while there is none. */
  function along({ ids }: Call, by: 1 | -1): void {
    const { results } = run;
    const shown = rows.value.filter(({ id }) => results.value.size === 0 || results.value.has(id));
    const at = shown.findIndex(({ id }) => id === (openStep.value || ids[0]));
    const next = shown[at === -1 ? 0 : at + by];
    if (next === undefined) return;
    if (openStep.value === '') actions.select([next.id]);
    else actions.open(next.id);
    focusStep(next.id);
  }
  const nudge = ({ ids, arrow }: Call, isFar: boolean) => {
    if (arrow) actions.nudge(ids, nudgeBy(arrow, isFar));
  };
  return {
    walk: (call) => towards(call, false),
    extend: (call) => towards(call, true),
    move: (call) => nudge(call, false),
    moveFar: (call) => nudge(call, true),
    selectAll: () => actions.select(rows.value.map(({ id }) => id)),
    previousStep: (call) => along(call, -1),
    nextStep: (call) => along(call, 1),
  };
}
