import { readonly, ref } from 'vue';

export interface Notification {
  readonly id: number;
  readonly text: string;
  readonly isError: boolean;
}

const MOST = 3;
const STAYS_MS = 5_000;
const list = ref<Notification[]>([]);
let lastId = 0;

function dismiss(id: number): void {
  list.value = list.value.filter((notification) => notification.id !== id);
}

function add(text: string, isError: boolean): number {
  const id = ++lastId;
  list.value = [...list.value.slice(1 - MOST), { id, text, isError }];
  return id;
}

/** Short messages at the bottom left, read out politely. Errors stay until dismissed. */
export function useNotifications() {
  return {
    list: readonly(list),
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
