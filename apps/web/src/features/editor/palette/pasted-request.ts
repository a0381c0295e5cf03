/** A request that somebody pasted, by the names its parts have in settings. */
export interface PastedRequest {
  readonly method: string;
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly bodyType?: 'json' | 'form' | 'text';
  readonly body?: unknown;
}

/** Reads a URL or a `curl` command; `undefined`: the text is neither. */
export function parseRequest(text: string): PastedRequest | undefined {
  const trimmed = text.trim();
  if (/^curl\s/i.test(trimmed)) return parseCurl(trimmed);
  return isUrl(trimmed) ? { method: 'GET', url: trimmed } : undefined;
}

function isUrl(text: string): boolean {
  return /^https?:\/\/[^\s]+$/i.test(text) && URL.canParse(text);
}

const VALUED: Readonly<Record<string, 'method' | 'header' | 'data' | 'json' | 'url' | 'other'>> = {
  '-X': 'method',
  '--request': 'method',
  '-H': 'header',
  '--header': 'header',
  '-d': 'data',
  '--data': 'data',
  '--data-raw': 'data',
  '--data-binary': 'data',
  '--data-ascii': 'data',
  '--json': 'json',
  '--url': 'url',
  '-u': 'other',
  '--user': 'other',
  '-o': 'other',
  '--output': 'other',
  '-A': 'other',
  '--user-agent': 'other',
  '-b': 'other',
  '--cookie': 'other',
  '-m': 'other',
  '--max-time': 'other',
};

/** Passwords and cookies of the command are left out: they belong into a connection. */
function parseCurl(command: string): PastedRequest | undefined {
  const found = { method: '', url: '', headers: new Map<string, string>(), data: new Array<string>() };
  const words = shellWords(command).slice(1);
  for (let at = 0; at < words.length; at += 1) {
    const { flag, value, isJoined } = split(words[at] ?? '');
    const kind = VALUED[flag];
    if (kind === undefined) {
      if (!flag.startsWith('-') && found.url === '') found.url = words[at] ?? '';
      continue;
    }
    const given = isJoined ? value : (words[(at += 1)] ?? '');
    if (kind === 'method') found.method = given.toUpperCase();
    else if (kind === 'header') addHeader(found.headers, given);
    else if (kind === 'url') found.url = given;
    else if (kind !== 'other') found.data.push(given);
    if (kind === 'json') found.headers.set('content-type', 'application/json');
  }
  if (!isUrl(found.url)) return undefined;
  const method = found.method || (found.data.length > 0 ? 'POST' : 'GET');
  const type = found.headers.get('content-type');
  const body = found.data.length > 0 ? bodyOf(found.data, type) : {};
  found.headers.delete('content-type');
  const headers = found.headers.size > 0 ? { headers: Object.fromEntries(found.headers) } : {};
  return { method, url: found.url, ...headers, ...body };
}

/** `-XPOST` and `--request=POST` hold their value themselves. */
function split(word: string): { flag: string; value: string; isJoined: boolean } {
  const long = /^(--[\w-]+)=(.*)$/s.exec(word);
  if (long) return { flag: long[1] ?? '', value: long[2] ?? '', isJoined: true };
  const short = /^(-[XHd])(.+)$/s.exec(word);
  return short
    ? { flag: short[1] ?? '', value: short[2] ?? '', isJoined: true }
    : { flag: word, value: '', isJoined: false };
}

function addHeader(headers: Map<string, string>, text: string): void {
  const at = text.indexOf(':');
  if (at > 0) headers.set(text.slice(0, at).trim().toLowerCase(), text.slice(at + 1).trim());
}

function bodyOf(data: readonly string[], type: string | undefined): Pick<PastedRequest, 'body' | 'bodyType'> {
  const text = data.join('&');
  const json = parseJson(text);
  if (json !== undefined && type !== 'text/plain') return { bodyType: 'json', body: json };
  const isForm = type === undefined || type.startsWith('application/x-www-form-urlencoded');
  return isForm && text.includes('=')
    ? { bodyType: 'form', body: Object.fromEntries(new URLSearchParams(text)) }
    : { bodyType: 'text', body: text };
}

function parseJson(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The words of a command as a shell reads them: quotes taken away, lines that end in a backslash joined. */
function shellWords(command: string): string[] {
  const words: string[] = [];
  for (const [word] of command
    .replace(/\\\r?\n/g, ' ')
    .matchAll(/(?:'[^']*'|\$'(?:\\.|[^'])*'|"(?:\\.|[^"])*"|\\.|[^\s'"\\])+/gs)) {
    words.push(
      word.replace(
        /\$?'((?:\\'|[^'])*)'|"((?:\\.|[^"])*)"|\\(.)/gs,
        (_all, single?: string, double?: string, escaped?: string) =>
          single ?? double?.replace(/\\(["\\$`])/g, '$1') ?? escaped ?? '',
      ),
    );
  }
  return words;
}
