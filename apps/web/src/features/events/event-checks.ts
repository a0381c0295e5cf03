import type { EndpointView, EventDetail } from '@hookloom/contracts';

export type CheckResult = 'passed' | 'failed' | 'warned' | 'skipped' | 'notReached';
export type CheckName = 'rate' | 'size' | 'form' | 'signature' | 'content' | 'duplicate';

/** What one check of an incoming request found. */
export interface Check {
  readonly name: CheckName;
  readonly result: CheckResult;
  /** Which sentence tells more; its numbers are in `values`. */
  readonly detail: string;
  readonly values: Readonly<Record<string, string | number>>;
}

const SIGNATURE = {
  verified: ['passed', 'verified'],
  failed: ['failed', 'failed'],
  unchecked: ['warned', 'unchecked'],
  none: ['skipped', 'none'],
} as const;

/**
 * The checks that a request went through, told from its verdict. The answer's status says which one
 * refused it (the table of trigger URLs); those behind it were not reached.
 */
export function checksOf(event: EventDetail, endpoint: EndpointView | undefined): Check[] {
  const [signature, sentence] = signatureResult(event.verification);
  const refused = event.status === 'rejected' ? event.answer.status : undefined;
  const checks: Check[] = [
    check('rate', refused === 429 ? 'failed' : 'passed', ...rateDetail(endpoint)),
    check('size', refused === 413 ? 'failed' : 'passed', 'size', {
      bytes: event.bodyBytes,
      most: endpoint?.maxBodyBytes ?? 0,
    }),
    check('form', refused === 405 || refused === 415 ? 'failed' : 'passed', 'form', { method: event.method }),
    check('signature', refused === 401 ? 'failed' : signature, sentence),
    check('content', refused === 400 || refused === 422 ? 'failed' : 'passed', 'content'),
    duplicateCheck(event),
  ];
  const stop = checks.findIndex(({ result }) => result === 'failed');
  if (stop === -1) return checks;
  return checks.map((each, at) => (at > stop ? { ...each, result: 'notReached' } : each));
}

function signatureResult({ status, reason }: EventDetail['verification']): readonly [CheckResult, string] {
  return reason === 'key_not_fetched' ? ['warned', 'keyAway'] : SIGNATURE[status];
}

/** A stored reason, as `code` or `code: detail`, in its two parts. */
export function readReason(reason: string): { readonly code: string; readonly detail: string } {
  const at = reason.indexOf(': ');
  return at === -1
    ? { code: reason, detail: '' }
    : { code: reason.slice(0, at), detail: reason.slice(at + 2) };
}

/** How many checks failed, for the mark on the tab. */
export function failedChecks(checks: readonly Check[]): number {
  return checks.filter(({ result }) => result === 'failed').length;
}

function check(name: CheckName, result: CheckResult, detail: string, values: Check['values'] = {}): Check {
  return { name, result, detail, values };
}

function rateDetail(endpoint: EndpointView | undefined): [string, Check['values']] {
  const limit = endpoint?.rateLimit?.perSecond;
  return limit === undefined ? ['noLimit', {}] : ['perSecond', { n: limit }];
}

function duplicateCheck(event: EventDetail): Check {
  const key = event.dedupeKey;
  if (event.status === 'duplicate') return check('duplicate', 'warned', 'seenBefore', { key: key ?? '' });
  return key === undefined
    ? check('duplicate', 'skipped', 'noKey')
    : check('duplicate', 'passed', 'firstTime', { key });
}
