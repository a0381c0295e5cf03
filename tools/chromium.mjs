// Where Chromium is and how the tests and the pictures start it.
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

export const CHROMIUM_PROGRAMS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** For a headless browser in a container, that asks nothing of the outside by itself. */
export const CHROMIUM_ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The path of the first of these programs that is on the PATH. */
export function findOnPath(programs) {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return programs.flatMap((program) => folders.map((folder) => join(folder, program))).find(isProgram);
}

/** @throws where there is none */
export function chromiumPath() {
  const path = process.env.CHROMIUM ?? findOnPath(CHROMIUM_PROGRAMS);
  if (path === undefined) throw new Error('Install Chromium, or name its program in CHROMIUM.');
  return path;
}

function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
