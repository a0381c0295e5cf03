import { entriesOf, kindOf } from '../../../ui/json-rows.js';

const PLAIN_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;
/** JSONata reads these as operators. */
const OPERATORS = new Set(['and', 'or', 'in']);

/** The path of a member of what `path` names: a list's item as `[0]`, other names quoted where JSONata needs it. */
export function memberPath(path: string, key: string, isItem: boolean): string {
  if (isItem) return `${path}[${key}]`;
  const isPlain = PLAIN_NAME.test(key) && !OPERATORS.has(key);
  // A backtick has no escape inside of backticks.
  if (!isPlain && key.includes('`')) return `$lookup(${path}, ${JSON.stringify(key)})`;
  return `${path}.${isPlain ? key : `\`${key}\``}`;
}

/** A value that stands on its own in a data tree, such as what one step gave. */
export interface DataRoot {
  /** The JSONata path that names it. */
  readonly path: string;
  readonly key: string;
  readonly value: unknown;
  /** What people call it. */
  readonly about: string;
}

/** One line of a data tree. */
export interface DataRow {
  readonly path: string;
  readonly key: string;
  readonly value: unknown;
  readonly depth: number;
  readonly isItem: boolean;
  /** Of a root: what people call it. */
  readonly about?: string;
  /** Members of an object or a list; 0 for all else. */
  readonly size: number;
  readonly isOpen: boolean;
}
type Line = Omit<DataRow, 'size' | 'isOpen'>;

interface Walk {
  readonly isOpen: (path: string, depth: number, size: number) => boolean;
  /** Lower case; empty: all. */
  readonly search: string;
}

/** The lines that are to be seen of a value, from the outside in. While something is searched, what fits and what is around it. */
export function dataRows(value: unknown, path: string, walk: Walk): DataRow[] {
  const rows: DataRow[] = [];
  addMembers(rows, { value, path, depth: 0 }, walk);
  return rows;
}

/** The lines of several values, each below a line of its own. */
export function rootRows(roots: readonly DataRoot[], walk: Walk): DataRow[] {
  const rows: DataRow[] = [];
  for (const root of roots) addRow(rows, { ...root, depth: 0, isItem: false }, walk);
  return rows;
}

/** @returns whether anything fits the search */
function addMembers(
  rows: DataRow[],
  { value, path, depth }: Pick<Line, 'value' | 'path' | 'depth'>,
  walk: Walk,
): boolean {
  const isItem = kindOf(value) === 'list';
  let isFound = false;
  for (const { key, value: member } of entriesOf(value)) {
    const line = { path: memberPath(path, key, isItem), key, value: member, depth, isItem };
    if (addRow(rows, line, walk)) isFound = true;
  }
  return isFound;
}

/** @returns whether the line or anything in it fits the search; otherwise nothing is added */
function addRow(rows: DataRow[], line: Line, walk: Walk): boolean {
  const size = sizeOf(line.value);
  const at = rows.length;
  const isOpen = size > 0 && (walk.search !== '' || walk.isOpen(line.path, line.depth, size));
  rows.push({ ...line, size, isOpen });
  const isInner = isOpen && addMembers(rows, { ...line, depth: line.depth + 1 }, walk);
  const isFound = isInner || walk.search === '' || matches(line.key, line.value, walk.search);
  if (!isFound) rows.length = at;
  return isFound;
}

function matches(key: string, value: unknown, search: string): boolean {
  if (key.toLowerCase().includes(search)) return true;
  return (typeof value !== 'object' || value === null) && String(value).toLowerCase().includes(search);
}

function sizeOf(value: unknown): number {
  if (Array.isArray(value)) return value.length;
  return typeof value === 'object' && value !== null ? Object.keys(value).length : 0;
}
