/** Where an expression ends inside a template, as JSONata's own tokenizer would read it. */
export type ScanEnd =
  | { readonly found: true; /** Index of the `}}`. */ readonly end: number }
  | { readonly found: false; readonly why: 'string' | 'comment' | 'name' | 'regex' | 'braces' };

const OPERATOR_WORDS = new Set(['and', 'or', 'in']);
const BLANKS = ' \t\n\r\v';
const OPERATOR_CHARACTERS = '.[]{}(),@#;:?+-*/%|=<>^&!~';
const DOUBLE_OPERATORS = new Set(['..', ':=', '!=', '>=', '<=', '**', '~>', '?:', '??']);
/** Where a value is expected these are one: wildcards, the parent, the placeholder of a partial application. */
const STANDS_FOR_VALUE = new Set(['*', '**', '%', '?']);

/**
 * Finds the `}}` that closes an expression: braces inside texts, comments, quoted names and regular expressions
 * do not count, and a `/` starts a regular expression only where JSONata expects a value.
 */
export function findExpressionEnd(text: string, from: number): ScanEnd {
  return new JsonataScanner(text, from).findEnd();
}

class JsonataScanner {
  /** Whether a value comes next; after a value `/`, `*`, `%` and `and` are operators. */
  private expectsValue = true;
  private depth = 0;

  constructor(
    private readonly text: string,
    private at: number,
  ) {}

  findEnd(): ScanEnd {
    const { text } = this;
    while (this.at < text.length) {
      const character = text.charAt(this.at);
      if (character === '}' && this.depth === 0 && text.charAt(this.at + 1) === '}') {
        return { found: true, end: this.at };
      }
      const unclosed = this.step(character);
      if (unclosed) return { found: false, why: unclosed };
    }
    return { found: false, why: 'braces' };
  }

  /** Passes one token; names what is left open, if anything is. */
  private step(character: string): 'string' | 'comment' | 'name' | 'regex' | undefined {
    if (BLANKS.includes(character)) this.at += 1;
    else if (this.text.startsWith('/*', this.at)) return this.pass('*/', 2, 'comment');
    else if (character === '"' || character === "'") return this.passString(character);
    else if (character === '`') return this.pass('`', 1, 'name') ?? this.valueRead();
    else if (character === '/' && this.expectsValue) return this.passRegex();
    else if (OPERATOR_CHARACTERS.includes(character)) this.passOperator(character);
    else this.passName();
    return undefined;
  }

  private pass<Kind>(close: string, opened: number, kind: Kind): Kind | undefined {
    const end = this.text.indexOf(close, this.at + opened);
    if (end < 0) return kind;
    this.at = end + close.length;
    return undefined;
  }

  private passString(quote: string): 'string' | undefined {
    for (let at = this.at + 1; at < this.text.length; at += 1) {
      const character = this.text.charAt(at);
      if (character === '\\') at += 1;
      else if (character === quote) {
        this.at = at + 1;
        return this.valueRead();
      }
    }
    return 'string';
  }

  /** JSONata ends a regular expression at the first `/` outside brackets that no backslash precedes. */
  private passRegex(): 'regex' | undefined {
    let depth = 0;
    for (let at = this.at + 1; at < this.text.length; at += 1) {
      const character = this.text.charAt(at);
      if (character === '/' && depth === 0 && !isEscaped(this.text, at)) {
        this.at = at + 1;
        return this.valueRead();
      }
      if (this.text.charAt(at - 1) === '\\') continue;
      if ('([{'.includes(character)) depth += 1;
      else if (')]}'.includes(character)) depth -= 1;
    }
    return 'regex';
  }

  private passOperator(character: string): void {
    const double = this.text.slice(this.at, this.at + 2);
    const operator = DOUBLE_OPERATORS.has(double) ? double : character;
    this.at += operator.length;
    if (operator === '{') this.depth += 1;
    else if (operator === '}') this.depth = Math.max(0, this.depth - 1);
    const closes = operator === ')' || operator === ']' || operator === '}';
    this.expectsValue = !closes && !(this.expectsValue && STANDS_FOR_VALUE.has(operator));
  }

  private passName(): void {
    const start = this.at;
    while (this.at < this.text.length && !endsName(this.text.charAt(this.at))) this.at += 1;
    const isOperator = !this.expectsValue && OPERATOR_WORDS.has(this.text.slice(start, this.at));
    this.expectsValue = isOperator;
  }

  private valueRead(): undefined {
    this.expectsValue = false;
    return undefined;
  }
}

function endsName(character: string): boolean {
  return BLANKS.includes(character) || OPERATOR_CHARACTERS.includes(character);
}

function isEscaped(text: string, at: number): boolean {
  let backslashes = 0;
  while (text.charAt(at - 1 - backslashes) === '\\') backslashes += 1;
  return backslashes % 2 === 1;
}
