export const CHROMIUM_PROGRAMS: readonly string[];
export const CHROMIUM_ARGS: string[];
export function findOnPath(programs: readonly string[]): string | undefined;
export function chromiumPath(): string;
