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

/** One line of a data tree. */
export interface DataRow {
  readonly path: string;
  readonly key: string;
  readonly value: unknown;
  readonly depth: number;
  readonly isItem: boolean;
  /** Members of an object or a list; 0 for all else. */
  readonly size: number;
  readonly isOpen: boolean;
}

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

interface Place {
  readonly value: unknown;
  readonly path: string;
  readonly depth: number;
}

/** @returns whether anything fits the search */
function addMembers(rows: DataRow[], { value, path, depth }: Place, walk: Walk): boolean {
  const isItem = kindOf(value) === 'list';
  let isFound = false;
  for (const { key, value: member } of entriesOf(value)) {
    const own = memberPath(path, key, isItem);
    const size = sizeOf(member);
    const at = rows.length;
    const fits = walk.search === '' || matches(key, member, walk.search);
    const isOpen = size > 0 && (walk.search !== '' || walk.isOpen(own, depth, size));
    rows.push({ path: own, key, value: member, depth, isItem, size, isOpen });
    const isInner = isOpen && addMembers(rows, { value: member, path: own, depth: depth + 1 }, walk);
    if (fits || isInner) isFound = true;
    else rows.length = at;
  }
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
