export declare function referencePages(known: {
  readonly senders: readonly object[];
  readonly steps: readonly object[];
}): Map<string, string>;
