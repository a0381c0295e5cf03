/** How long an old token or secret goes on working after a new one was made; seconds. */
export const OVERLAPS = [
  { value: 0, key: 'none' },
  { value: 3_600, key: 'hour' },
  { value: 86_400, key: 'day' },
  { value: 604_800, key: 'week' },
] as const;
export const USUAL_OVERLAP = 86_400;
