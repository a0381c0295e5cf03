const FIRST_MS = 50;
const LONGEST_MS = 5_000;

/** Milliseconds before try number `attempt` (from 1) to connect again; jitter keeps many processes apart. */
export function reconnectDelayMs(attempt: number): number {
  const longest = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempt, 10));
  return longest / 2 + (Math.random() * longest) / 2;
}
