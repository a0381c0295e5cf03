const MINUTE = 60;
const HOUR = 3_600;
const DAY = 86_400;

/** Code of the error in an alert of a workflow that Hookloom paused by itself. */
export const WORKFLOW_PAUSED = 'workflow_paused';

/** What is said of a silent endpoint: "No event for 2 h; normally every 7 min." */
export function silenceSentence(afterSeconds: number, usualSeconds: number | undefined): string {
  const silent = `No event for ${spell(afterSeconds)}`;
  return usualSeconds === undefined ? `${silent}.` : `${silent}; normally every ${spell(usualSeconds)}.`;
}

/** A time span as people say it: `45 s`, `7 min`, `2 h`, `3 days`. */
export function spell(seconds: number): string {
  if (seconds < 2 * MINUTE) return `${Math.round(seconds)} s`;
  if (seconds < 2 * HOUR) return `${Math.round(seconds / MINUTE)} min`;
  if (seconds < 2 * DAY) return `${Math.round(seconds / HOUR)} h`;
  return `${Math.round(seconds / DAY)} days`;
}

/** One workflow or endpoint in a message. */
export interface AlertLine {
  readonly kind: 'workflow' | 'endpoint';
  readonly subjectId: string;
  readonly name: string;
  /** Failures that nobody was told of yet; 0: it went well again. */
  readonly untold: number;
  readonly count: number;
  /** The newest error, or the sentence about the silence. */
  readonly message: string;
  readonly runId: string | null;
  readonly isFirst: boolean;
  /** Hookloom paused the workflow; the message says why. */
  readonly isPaused: boolean;
}

export interface AlertText {
  readonly subject: string;
  readonly content: string;
}

/** One message about all that is due. The newest run is one click away. */
export function alertText(lines: readonly AlertLine[], publicUrl: string): AlertText {
  const parts = lines.map((line) => `${headOf(line)}\n${bodyOf(line, publicUrl)}`);
  return { subject: subjectOf(lines), content: `${parts.join('\n\n')}\n` };
}

function subjectOf(lines: readonly AlertLine[]): string {
  const [first] = lines;
  if (first !== undefined && lines.length === 1) return headOf(first);
  const failing = lines.filter((line) => line.untold > 0 && line.kind === 'workflow').length;
  const silent = lines.filter((line) => line.untold > 0 && line.kind === 'endpoint').length;
  const well = lines.filter((line) => line.untold === 0).length;
  return [
    failing > 0 ? `${failing} ${failing === 1 ? 'workflow fails' : 'workflows fail'}` : '',
    silent > 0 ? `${silent} ${silent === 1 ? 'endpoint is' : 'endpoints are'} silent` : '',
    well > 0 ? `${well} went well again` : '',
  ]
    .filter(Boolean)
    .join(', ');
}

function headOf({ kind, name, untold, count, isFirst, isPaused }: AlertLine): string {
  if (untold === 0)
    return kind === 'workflow' ? `“${name}” succeeds again` : `“${name}” receives events again`;
  if (kind === 'endpoint') return `“${name}” is silent`;
  if (isPaused) return `“${name}” was paused`;
  const runs = `${untold} ${untold === 1 ? 'run' : 'runs'}`;
  return isFirst ? `“${name}” failed: ${runs}` : `“${name}” goes on failing: ${runs} more, ${count} in all`;
}

function bodyOf({ kind, subjectId, untold, message, runId, isPaused }: AlertLine, publicUrl: string): string {
  if (kind === 'endpoint') {
    const link = `${publicUrl}/endpoints/${subjectId}`;
    return untold === 0 ? link : `${message}\n${link}`;
  }
  const failed = `${publicUrl}/runs?status=failed&workflow=${subjectId}`;
  const workflow = `${publicUrl}/workflows/${subjectId}`;
  if (untold === 0) return workflow;
  if (isPaused) return `${message}\n${workflow}`;
  const run = runId === null ? [] : [`Newest run: ${publicUrl}/runs/${runId}`];
  return [message, ...run, `All failed runs: ${failed}`].join('\n');
}
