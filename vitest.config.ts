import { availableParallelism } from 'node:os';
import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vitest/config';
import { ByProject } from './test/setup/by-project.js';

/**
 * Four kinds of tests, told apart by their file name: `*.spec.ts` touches nothing outside the process,
 * `*.int-spec.ts` talks to a real PostgreSQL, Redis or SMTP server, `test/{e2e,fault}/*.e2e.ts` drives the built product
 * by its API and its processes, `test/browser/*.browser.ts` by its screens. `libs/senders/judges` stands apart: its
 * libraries are installed for `npm test` only.
 * The condition lets every test read the sources of the other rooms, so no test waits for a build. Where files are not
 * isolated from each other, one load of the sources serves many, which is most of what they cost; the web app keeps
 * state in its modules, so each of its files loads it anew.
 */
const conditions = ['hookloom-source'];
const fromSources = {
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: conditions } },
};
/** Much of it is waiting for a database, so that two at a time pay on two cores as well. */
const maxWorkers = Math.max(2, availableParallelism() - 1);
/** They start whole products, and wait for them much of the time: two at a time, whatever the machine. */
const afterTheOthers = { sequence: { groupOrder: 1 }, maxWorkers: 2 };
const never = ['**/node_modules/**', '**/dist/**', '**/.nx/**'];

export default defineConfig({
  ...fromSources,
  test: {
    maxWorkers,
    sequence: { sequencer: ByProject },
    // The long ones first, so that the short ones fill what they leave.
    projects: [
      {
        ...fromSources,
        test: {
          name: 'int',
          isolate: false,
          include: ['{apps,libs,test}/**/*.int-spec.ts'],
          exclude: never,
          globalSetup: './test/setup/one-database.ts',
          testTimeout: 120_000,
          expect: { poll: { timeout: 30_000 } },
          hookTimeout: 120_000,
        },
      },
      {
        ...fromSources,
        test: {
          name: 'unit',
          include: ['{apps,libs,test,tools}/**/*.spec.ts'],
          exclude: [...never, 'apps/web/**', 'libs/senders/judges/**'],
          isolate: false,
          testTimeout: 30_000,
        },
      },
      {
        ...fromSources,
        test: { name: 'judges', include: ['libs/senders/judges/*.spec.ts'], exclude: never },
      },
      {
        ...fromSources,
        plugins: [vue()],
        test: {
          name: 'web',
          environment: 'happy-dom',
          include: ['apps/web/**/*.spec.ts'],
          exclude: never,
          testTimeout: 30_000,
        },
      },
      {
        ...fromSources,
        test: {
          name: 'e2e',
          include: ['test/{e2e,fault}/**/*.e2e.ts'],
          exclude: never,
          ...afterTheOthers,
          testTimeout: 120_000,
          expect: { poll: { timeout: 30_000 } },
          hookTimeout: 180_000,
        },
      },
      {
        ...fromSources,
        test: {
          name: 'browser',
          include: ['test/browser/**/*.browser.ts'],
          exclude: never,
          // One product, one browser and one load of the sources for all files of a worker.
          globalSetup: './test/browser/support/stages.ts',
          ...afterTheOthers,
          maxConcurrency: 2,
          isolate: false,
          testTimeout: 60_000,
          expect: { poll: { timeout: 20_000 } },
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
