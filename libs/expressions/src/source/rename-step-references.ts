/** One token: a text, comment, quoted name, name, double operator or single character; blanks are passed over. */
const TOKEN =
  /"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|\/\*[\s\S]*?\*\/|`[^`]*`|[^\s.[\]{}(),@#;:?+\-*/%|=<>^&!~"'`]+|\.\.|[^\s]/g;
const REGEX = /\/(?:\\.|\[(?:\\.|[^\]\\])*\]|[^/\\[])+\/[im]*/y;
const OPERATOR_WORDS = new Set(['and', 'or', 'in']);

interface Token {
  readonly text: string;
  readonly at: number;
}

/**
 * Writes the new id wherever an expression reads `steps.<from>`, also as `` steps.`from` ``, `$.steps.from` and
 * `$$.steps.from`. What only looks alike stays: texts, comments, regular expressions, and a field `steps` of
 * another value. Works on expressions that do not parse, too, since people change ids while others are half written.
 */
export function renameStepReferences(source: string, from: string, to: string): string {
  const tokens = tokensOf(source);
  let result = '';
  let copied = 0;
  for (const [at, token] of tokens.entries()) {
    if (unquoted(token.text) !== from || !namesStep(tokens, at)) continue;
    result += source.slice(copied, token.at) + to;
    copied = token.at + token.text.length;
  }
  return result + source.slice(copied);
}

function namesStep(tokens: readonly Token[], at: number): boolean {
  const before = (count: number) => tokens[at - count]?.text;
  if (before(1) !== '.' || unquoted(before(2) ?? '') !== 'steps') return false;
  return before(3) !== '.' || before(4) === '$' || before(4) === '$$';
}

function unquoted(text: string): string {
  return text.startsWith('`') && text.endsWith('`') && text.length > 1 ? text.slice(1, -1) : text;
}

function tokensOf(source: string): Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  for (let found = TOKEN.exec(source); found; found = TOKEN.exec(source)) {
    const text = found[0] === '/' && expectsValue(tokens) ? regexAt(source, found.index) : found[0];
    TOKEN.lastIndex = found.index + text.length;
    if (!text.startsWith('/*')) tokens.push({ text, at: found.index });
  }
  return tokens;
}

function regexAt(source: string, at: number): string {
  REGEX.lastIndex = at;
  return REGEX.exec(source)?.[0] ?? '/';
}

/** A `/` begins a regular expression only where a value is expected. */
function expectsValue(tokens: readonly Token[]): boolean {
  const last = tokens.at(-1)?.text;
  return last === undefined || OPERATOR_WORDS.has(last) || /^([[{(,;:?+\-*/%|=<>^&!~]|\.\.)$/.test(last);
}
