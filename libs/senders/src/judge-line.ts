import { HmacRule } from '@hookloom/contracts';
import { z } from 'zod';
import { inspect } from './inspect.js';
import { compilePolicy } from './policy.js';

const Secret = z.union([z.string(), z.record(z.string(), z.string())]);

/** One line of `hookloom verify`. Only what the check cannot do without is required. */
const Line = z.object({
  sender: z.string(),
  scheme: z.string().nullish(),
  /** One secret or several; left out or empty: none. */
  secret: z.union([Secret, z.array(Secret)]).nullish(),
  verify: HmacRule.nullish(),
  method: z.string().default('POST'),
  url: z.string().default(''),
  headers: z.record(z.string(), z.union([z.string(), z.array(z.string())])).default({}),
  /** Base64. */
  rawBody: z.base64().or(z.base64url()).default(''),
  /** Unix seconds. */
  receivedAt: z.number(),
});
type Line = z.infer<typeof Line>;

/** What `hookloom verify` writes for a line. `ok`: the request is genuine. */
export interface Judgement {
  readonly ok: boolean;
  readonly reason?: string;
  readonly hint?: string;
  readonly eventId?: string;
  readonly type?: string;
}

/**
 * Judges one line of `hookloom verify`: JSON in, JSON out. Never throws; a line that cannot be judged gives
 * `ok: false` with the reason `unreadable_line`, and a sender that offers no check `no_check_offered`.
 */
export function judgeLine(line: string): string {
  return JSON.stringify(judge(line));
}

function judge(text: string): Judgement {
  const line = parseLine(text);
  if (typeof line === 'string') return { ok: false, reason: 'unreadable_line', hint: line };
  const policy = compilePolicy({
    sender: line.sender,
    scheme: line.scheme ?? undefined,
    verify: line.verify ?? undefined,
    secrets: [line.secret ?? []].flat().filter((secret) => secret !== ''),
  });
  const { verification, eventId, type } = inspect(policy, {
    method: line.method,
    url: line.url,
    headers: lowerCased(line.headers),
    rawBody: Buffer.from(line.rawBody, 'base64'),
    receivedAt: line.receivedAt,
  });
  return {
    ...verdict(verification),
    ...(eventId !== undefined && { eventId }),
    ...(type !== undefined && { type }),
  };
}

function verdict({
  status,
  reason,
  hint,
}: {
  status: string;
  reason?: string | undefined;
  hint?: string | undefined;
}): Judgement {
  if (status === 'verified') return { ok: true };
  if (status === 'none') {
    return {
      ok: false,
      reason: 'no_check_offered',
      hint: 'This sender offers no check, so nothing can be said about where the request comes from.',
    };
  }
  return { ok: false, ...(reason !== undefined && { reason }), ...(hint !== undefined && { hint }) };
}

/** The line, or a sentence about what is wrong with it. */
function parseLine(text: string): Line | string {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return 'The line is not JSON.';
  }
  const parsed = Line.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const place = issue?.path.join('.');
  return `The line cannot be read${place ? ` at "${place}"` : ''}: ${issue?.message ?? 'it is malformed'}.`;
}

function lowerCased(headers: Line['headers']): Record<string, string> {
  const joined = new Map<string, string>();
  for (const [name, value] of Object.entries(headers)) {
    const text = [value].flat().join(', ');
    const before = joined.get(name.toLowerCase());
    joined.set(name.toLowerCase(), before === undefined ? text : `${before}, ${text}`);
  }
  return Object.fromEntries(joined);
}
