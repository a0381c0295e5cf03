import { fileURLToPath } from 'node:url';

/** The two programs that make up a server. Any number of each may run on one database. */
export const ROLES = ['api', 'worker'] as const;
export type Role = (typeof ROLES)[number];

/** The compiled program of a role, beside this one; apps never import each other. */
export function programOf(role: Role): string {
  return fileURLToPath(new URL(`../../${role}/dist/main.js`, import.meta.url));
}
