/** A value as rows and columns. */
export interface DataTableShape {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly unknown[])[];
}

const MOST_COLUMNS = 50;

/** A list of objects as a row each, anything else as one row; a value that has no names stands in the column "". */
export function toTable(value: unknown): DataTableShape {
  const items: readonly unknown[] = Array.isArray(value) ? value : [value];
  const columns = [...new Set(items.flatMap((item) => (isObject(item) ? Object.keys(item) : [''])))];
  const shown = columns.slice(0, MOST_COLUMNS);
  const rows = items.map((item) =>
    shown.map((column) => (isObject(item) ? item[column] : column === '' ? item : undefined)),
  );
  return { columns: shown, rows };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
