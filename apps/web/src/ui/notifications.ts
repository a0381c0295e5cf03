import { computed, ref } from 'vue';

export interface Notification {
  readonly id: number;
  readonly text: string;
  readonly isError: boolean;
}

const MOST = 3;
const STAYS_MS = 5_000;
const all = ref<readonly Notification[]>([]);
/** Errors are not pushed out by what merely went well; further ones follow when one is dismissed. */
const list = computed(() => {
  const errors = all.value.filter(({ isError }) => isError).slice(0, MOST);
  const room = MOST - errors.length;
  const others = room > 0 ? all.value.filter(({ isError }) => !isError).slice(-room) : [];
  return all.value.filter((one) => errors.includes(one) || others.includes(one));
});
let lastId = 0;

function dismiss(id: number): void {
  all.value = all.value.filter((notification) => notification.id !== id);
}

/** The same text again takes the place of the one before. */
function add(text: string, isError: boolean): number {
  const id = ++lastId;
  all.value = [...all.value.filter((one) => one.text !== text), { id, text, isError }];
  return id;
}

/** Short messages at the bottom left, read out politely. Errors stay until dismissed. */
export function useNotifications() {
  return {
    /** At most three. */
    list,
    dismiss,
    announce(text: string): void {
      const id = add(text, false);
      setTimeout(() => dismiss(id), STAYS_MS);
    },
    announceError(text: string): void {
      add(text, true);
    },
  };
}
