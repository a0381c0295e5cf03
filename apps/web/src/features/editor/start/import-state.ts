import { shallowRef } from 'vue';

/** An import that was begun somewhere: where to take it from is asked, unless a file was dropped. */
export interface BegunImport {
  readonly file: File | undefined;
}

/** The dialog is one for the whole app: menus, empty screens and dropped files open it. */
export const begunImport = shallowRef<BegunImport>();

export function openImport(file?: File): void {
  begunImport.value = { file };
}
