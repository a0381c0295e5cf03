/** A UUIDv7 for a moment, so that ids grow with time as the server's do. */
export function idAt(time: number, salt: number): string {
  const hex = Math.floor(time).toString(16).padStart(12, '0');
  const tail = ((salt * 2_654_435_761) >>> 0).toString(16).padStart(8, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7${tail.slice(0, 3)}-8${tail.slice(3, 6)}-${tail}${tail.slice(0, 4)}`;
}

export const iso = (time: number): string => new Date(time).toISOString();
