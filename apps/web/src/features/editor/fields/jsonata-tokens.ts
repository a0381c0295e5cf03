import { StreamLanguage, type StringStream } from '@codemirror/language';

/** What the colours of a line depend on: an open comment, and whether a `/` would begin a regular expression. */
interface TokenState {
  inComment: boolean;
  expectsValue: boolean;
}

const OPERATOR = /^(?:\.\.|:=|!=|>=|<=|\*\*|~>|\?:|\?\?|[.,;:?+\-*/%|=<>^&!~@#])/;
const WORD_OPERATORS = new Set(['and', 'or', 'in']);
const CONSTANTS = new Set(['true', 'false', 'null']);

/** JSONata's words and signs; it colours what is half written, too. */
export function jsonataToken(stream: StringStream, state: TokenState): string | null {
  if (state.inComment) return comment(stream, state);
  if (stream.eatSpace()) return null;
  if (stream.match('/*')) {
    state.inComment = true;
    return comment(stream, state);
  }
  if (stream.match(/^"(?:\\.|[^"\\])*"?/) || stream.match(/^'(?:\\.|[^'\\])*'?/))
    return value(state, 'string');
  if (state.expectsValue && stream.match(/^\/(?:\\.|[^/\\])+\/[im]*/)) return value(state, 'regexp');
  if (stream.match(/^\d+(?:\.\d+)?(?:[eE][-+]?\d+)?/)) return value(state, 'number');
  if (stream.match(/^\$\$?[\p{L}\p{N}_]*/u)) return value(state, variableKind(stream));
  if (stream.match(/^`[^`]*`?/)) return value(state, 'propertyName');
  if (stream.match(/^[\p{L}_][\p{L}\p{N}_]*/u)) return word(stream, state);
  if (stream.match(OPERATOR)) return expecting(state, 'operator');
  if (stream.match(/^[([{]/)) return expecting(state, 'bracket');
  stream.next();
  return value(state, 'bracket');
}

function comment(stream: StringStream, state: TokenState): string {
  if (stream.skipTo('*/')) {
    stream.match('*/');
    state.inComment = false;
  } else stream.skipToEnd();
  return 'comment';
}

function variableKind(stream: StringStream): string {
  return stream.match(/^\s*\(/, false) ? 'variableName.function' : 'variableName';
}

function word(stream: StringStream, state: TokenState): string {
  const text = stream.current();
  if (WORD_OPERATORS.has(text) && !state.expectsValue) return expecting(state, 'keyword');
  if (text === 'function' && stream.match(/^\s*\(/, false)) return expecting(state, 'keyword');
  return value(state, CONSTANTS.has(text) ? 'atom' : 'propertyName');
}

function value(state: TokenState, kind: string): string {
  state.expectsValue = false;
  return kind;
}

function expecting(state: TokenState, kind: string): string {
  state.expectsValue = true;
  return kind;
}

export const jsonataLanguage = StreamLanguage.define<TokenState>({
  name: 'jsonata',
  startState: () => ({ inComment: false, expectsValue: true }),
  token: jsonataToken,
  languageData: {
    closeBrackets: { brackets: ['(', '[', '{', '"', '`'] },
    commentTokens: { block: { open: '/*', close: '*/' } },
  },
});

/** JSON's words and signs, for bodies that are written as JSON. */
export const jsonLanguage = StreamLanguage.define({
  name: 'json',
  token(stream: StringStream) {
    if (stream.eatSpace()) return null;
    if (stream.match(/^"(?:\\.|[^"\\])*"?(?=\s*:)/)) return 'propertyName';
    if (stream.match(/^"(?:\\.|[^"\\])*"?/)) return 'string';
    if (stream.match(/^-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?/)) return 'number';
    if (stream.match(/^(?:true|false|null)\b/)) return 'atom';
    stream.next();
    return null;
  },
});
