import { z } from 'zod';

const Logged = z.looseObject({ logs: z.array(z.string()).min(1) });

/** The lines that a step's code wrote, in an attempt's detail; `undefined` where the step keeps something else. */
export function logLinesOf(detail: unknown): readonly string[] | undefined {
  const parsed = Logged.safeParse(detail);
  return parsed.success ? parsed.data.logs : undefined;
}
