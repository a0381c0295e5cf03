import { execFile } from 'node:child_process';

/** An account of this machine, by its numbers. */
export interface SystemUser {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/** How a program ended. `output` is what it wrote to both streams, for the sentence of an error. */
export interface ProgramEnd {
  readonly ok: boolean;
  readonly output: string;
}

/** PostgreSQL and its tools see no secret and no `PG…` variable that would point them elsewhere. */
export const quietEnvironment: NodeJS.ProcessEnv = Object.fromEntries(
  ['PATH', 'SystemRoot', 'TEMP', 'TMP', 'TMPDIR'].flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value]];
  }),
);

/**
 * Runs a program to its end as `user` (undefined: as this process). Never rejects: a program that cannot be started
 * is one that failed. It starts in the root folder, because another user may not be able to read the current one.
 */
export function runProgram(
  program: string,
  args: readonly string[],
  user: SystemUser | undefined,
): Promise<ProgramEnd> {
  return new Promise((resolve) => {
    const identity = user ? { uid: user.uid, gid: user.gid } : {};
    execFile(
      program,
      args,
      { ...identity, cwd: '/', env: quietEnvironment, windowsHide: true },
      (error, stdout, stderr) => {
        const output = `${stdout}${stderr}`.trim();
        resolve({ ok: error === null, output: output === '' && error ? error.message : output });
      },
    );
  });
}
