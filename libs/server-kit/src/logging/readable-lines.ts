const NAMES: Readonly<Record<number, string>> = {
  10: 'trace',
  20: 'debug',
  30: 'info',
  40: 'WARN',
  50: 'ERROR',
  60: 'FATAL',
};
const OWN_FIELDS = new Set(['level', 'time', 'msg', 'role', 'err', 'pid', 'hostname']);

/** One JSON log line as a line for a person at a terminal; a text that is no JSON stays as it is. */
export function toReadableLine(line: string): string {
  const record = parse(line);
  if (!record) return line;
  const time = new Date(Number(record['time'])).toISOString().slice(11, 23);
  const level = (NAMES[Number(record['level'])] ?? '').padEnd(5);
  const rest = Object.entries(record)
    .filter(([name]) => !OWN_FIELDS.has(name))
    .map(([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`);
  const head = [time, level, String(record['role'] ?? ''), String(record['msg'] ?? ''), ...rest].join(' ');
  return `${head}${toStack(record['err'])}\n`;
}

function toStack(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('stack' in error)) return '';
  return `\n${String(error.stack)}`;
}

function parse(line: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
