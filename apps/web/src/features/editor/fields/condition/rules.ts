import { isSameExpression } from '@hookloom/expressions/browser';
import { readPath } from '../paths.js';
import { readList, readOperand, readPattern, writeList, writeOperand, writePattern } from './operands.js';
import { argumentsOf, cutAt, insideBrackets, piecesOf } from './source-pieces.js';

/** How the two sides of a rule are compared, in the order people look for them. */
export const OPERATORS = [
  'equals',
  'notEquals',
  'greater',
  'atLeast',
  'less',
  'atMost',
  'contains',
  'notContains',
  'startsWith',
  'oneOf',
  'notOneOf',
  'matches',
  'notMatches',
  'empty',
  'notEmpty',
  'exists',
  'notExists',
  'holds',
  'notHolds',
] as const;
export type Operator = (typeof OPERATORS)[number];

/** One comparison; its sides are texts with `{{ }}`. Without a right side that one is empty. */
export interface Rule {
  readonly left: string;
  readonly operator: Operator;
  readonly right: string;
}

/** Rules that must all hold, or of which any is enough. */
export interface Rules {
  readonly join: 'all' | 'any';
  readonly rules: readonly Rule[];
}

const ONE_SIDED: ReadonlySet<Operator> = new Set([
  'empty',
  'notEmpty',
  'exists',
  'notExists',
  'holds',
  'notHolds',
]);
const COMPARISONS: Readonly<Record<string, Operator>> = {
  '=': 'equals',
  '!=': 'notEquals',
  '>': 'greater',
  '>=': 'atLeast',
  '<': 'less',
  '<=': 'atMost',
  in: 'oneOf',
};
const SIGNS = new Map(Object.entries(COMPARISONS).map(([sign, operator]) => [operator, sign]));
/** Keeps of a value what is neither null nor an empty text. */
const FILLED = '[$ != null and $ != ""]';
/** Longer conditions are for the editor of expressions. */
const MAX_LENGTH = 4_000;

export function hasRightSide(operator: Operator): boolean {
  return !ONE_SIDED.has(operator);
}

/** Whether a rule says anything yet. */
export function isComplete({ left, operator, right }: Rule): boolean {
  return left.trim() !== '' && !(right === '' && /matches/i.test(operator));
}

/** Rules as plain JSONata; nothing where no rule is complete. */
export function writeRules({ join, rules }: Rules): string {
  return rules
    .filter(isComplete)
    .map(writeRule)
    .join(join === 'all' ? ' and ' : ' or ');
}

function writeRule({ left, operator, right }: Rule): string {
  const side = (text: string) => writeOperand(text, 'side');
  const argument = (text: string) => writeOperand(text, 'argument');
  switch (operator) {
    case 'oneOf':
      return `${side(left)} in ${writeList(right)}`;
    case 'notOneOf':
      return `$not(${side(left)} in ${writeList(right)})`;
    case 'contains':
      return `$contains(${argument(left)}, ${argument(right)})`;
    case 'notContains':
      return `$not($contains(${argument(left)}, ${argument(right)}))`;
    case 'matches':
      return `$contains(${argument(left)}, ${writePattern(right)})`;
    case 'notMatches':
      return `$not($contains(${argument(left)}, ${writePattern(right)}))`;
    case 'startsWith':
      return `$substring(${argument(left)}, 0, $length(${argument(right)})) = ${side(right)}`;
    case 'empty':
      return `$count(${filterable(left)}${FILLED}) = 0`;
    case 'notEmpty':
      return `$count(${filterable(left)}${FILLED}) > 0`;
    case 'exists':
      return `$exists(${argument(left)})`;
    case 'notExists':
      return `$not($exists(${argument(left)}))`;
    case 'holds':
      return side(left);
    case 'notHolds':
      return `$not(${argument(left)})`;
    default:
      return `${side(left)} ${SIGNS.get(operator) ?? '='} ${side(right)}`;
  }
}

function filterable(text: string): string {
  const source = writeOperand(text, 'argument');
  return readPath(source) === undefined ? `(${source})` : source;
}

/**
 * The rules that an expression stands for. They are believed only if writing them gives an expression that JSONata
 * reads alike, so that nothing is shown that is not there.
 *
 * @returns nothing where it cannot be shown as rules, for example with a comment, or with `and` beside `or`
 */
export function readRules(source: string): Rules | undefined {
  if (source.trim() === '') return { join: 'all', rules: [] };
  if (source.length > MAX_LENGTH) return undefined;
  const pieces = piecesOf(source);
  if (pieces.some(({ kind }) => kind === 'comment')) return undefined;
  const isAny = pieces.some(({ depth, kind, text }) => depth === 0 && kind === 'keyword' && text === 'or');
  const word = isAny ? 'or' : 'and';
  const rules = cutAt(source, ({ kind, text }) => kind === 'keyword' && text === word).map(readRule);
  const found: Rules = { join: isAny ? 'any' : 'all', rules };
  return rules.every(isComplete) && isSameExpression(source, writeRules(found)) ? found : undefined;
}

function readRule(source: string): Rule {
  const negated = argumentsOf(source, 'not');
  if (negated?.length === 1) return readNegated(negated[0] ?? '');
  return (
    readFilled(source) ?? readStart(source) ?? readComparison(source) ?? readCall(source) ?? holds(source)
  );
}

function readNegated(source: string): Rule {
  const rule = readCall(source) ?? readComparison(source);
  const opposite = rule && OPPOSITES[rule.operator];
  return opposite
    ? { ...rule, operator: opposite }
    : { left: readOperand(source), operator: 'notHolds', right: '' };
}

const OPPOSITES: Readonly<Partial<Record<Operator, Operator>>> = {
  contains: 'notContains',
  matches: 'notMatches',
  exists: 'notExists',
  oneOf: 'notOneOf',
};

function holds(source: string): Rule {
  return { left: readOperand(source), operator: 'holds', right: '' };
}

function sidesOf(source: string): { left: string; sign: string; right: string } | undefined {
  const isSign = ({ kind, text }: { kind: string; text: string }) =>
    (kind === 'operator' || kind === 'keyword') && Object.hasOwn(COMPARISONS, text);
  const [left, right, ...others] = cutAt(source, isSign);
  const sign = piecesOf(source).find((piece) => piece.depth === 0 && isSign(piece))?.text;
  if (left === undefined || right === undefined || sign === undefined || others.length > 0) return undefined;
  return { left, sign, right };
}

function readComparison(source: string): Rule | undefined {
  const sides = sidesOf(source);
  const operator = sides && COMPARISONS[sides.sign];
  if (sides === undefined || operator === undefined) return undefined;
  const right = operator === 'oneOf' ? readList(sides.right) : readOperand(sides.right);
  return { left: readOperand(sides.left), operator, right };
}

function readCall(source: string): Rule | undefined {
  const existing = argumentsOf(source, 'exists');
  if (existing?.length === 1) return { left: readOperand(existing[0] ?? ''), operator: 'exists', right: '' };
  const [text, pattern, ...others] = argumentsOf(source, 'contains') ?? [];
  if (text === undefined || pattern === undefined || others.length > 0) return undefined;
  const regex = readPattern(pattern);
  return regex === undefined
    ? { left: readOperand(text), operator: 'contains', right: readOperand(pattern) }
    : { left: readOperand(text), operator: 'matches', right: regex };
}

function readStart(source: string): Rule | undefined {
  const sides = sidesOf(source);
  const [text, start, length] = (sides && argumentsOf(sides.left, 'substring')) ?? [];
  const [prefix] = (length !== undefined && argumentsOf(length, 'length')) || [];
  if (sides?.sign !== '=' || text === undefined || start !== '0' || prefix === undefined) return undefined;
  return { left: readOperand(text), operator: 'startsWith', right: readOperand(sides.right) };
}

function readFilled(source: string): Rule | undefined {
  const sides = sidesOf(source);
  const [counted] = (sides && argumentsOf(sides.left, 'count')) ?? [];
  if (sides?.right !== '0' || !counted?.endsWith(FILLED)) return undefined;
  const value = counted.slice(0, -FILLED.length);
  const left = readOperand(insideBrackets(value, '(', ')') ?? value);
  if (sides.sign === '=') return { left, operator: 'empty', right: '' };
  return sides.sign === '>' ? { left, operator: 'notEmpty', right: '' } : undefined;
}
