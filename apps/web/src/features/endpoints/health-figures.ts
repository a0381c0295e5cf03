import type { EndpointHealth } from '@hookloom/contracts';

/** 24 hours in numbers. */
export interface HealthFigures {
  readonly taken: number;
  readonly duplicate: number;
  readonly rejected: number;
  readonly total: number;
  /** Share of all that came, 0 to 1. */
  readonly rejectedShare: number;
  readonly perHour: number;
}

export function figuresOf({ hours }: Pick<EndpointHealth, 'hours'>): HealthFigures {
  const sum = (name: 'taken' | 'duplicate' | 'rejected') =>
    hours.reduce((total, hour) => total + hour[name], 0);
  const [taken, duplicate, rejected] = [sum('taken'), sum('duplicate'), sum('rejected')];
  const total = taken + duplicate + rejected;
  return {
    taken,
    duplicate,
    rejected,
    total,
    rejectedShare: total === 0 ? 0 : rejected / total,
    perHour: hours.length === 0 ? 0 : total / hours.length,
  };
}

/** `0`, `0.3`, `12`: a small rate is not rounded away. */
export function formatRate(perHour: number): string {
  if (perHour === 0) return '0';
  if (perHour < 0.1) return '< 0.1';
  return perHour < 10 ? String(Math.round(perHour * 10) / 10) : String(Math.round(perHour));
}
