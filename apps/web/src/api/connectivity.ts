import { readonly, ref } from 'vue';

const isLost = ref(false);

/** Whether the last call got no answer at all. */
export const connectionIsLost = readonly(isLost);

export function noteAnswer(): void {
  isLost.value = false;
}

export function noteSilence(): void {
  isLost.value = true;
}
