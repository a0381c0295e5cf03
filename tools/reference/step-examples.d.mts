/** By step type. */
export const STEP_EXAMPLES: Readonly<
  Record<string, { readonly wish: string; readonly config: Readonly<Record<string, unknown>> }>
>;
