/** Matches dot paths such as `cases.0.condition` against patterns such as `cases.*.condition`. */
export class PathPatterns {
  private readonly patterns: readonly (readonly string[])[];

  constructor(patterns: readonly string[]) {
    this.patterns = patterns.map((pattern) => pattern.split('.'));
  }

  matches(path: readonly string[]): boolean {
    return this.patterns.some(
      (pattern) =>
        pattern.length === path.length && pattern.every((part, at) => part === '*' || part === path[at]),
    );
  }
}
