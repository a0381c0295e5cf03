// npm test: provides what the tests need, builds, runs them all and counts. Arguments go to Vitest.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from './build.mjs';
import { provideJudges } from './judges.mjs';
import { provideSystemParts } from './system-parts.mjs';
import { programOf, runNode } from './workspace.mjs';

/**
 * What the last line says. A file that could not be loaded, and a run that broke off, count as one failure each:
 * they would otherwise hide behind the tests that never came to be.
 */
function count(reportFile, code) {
  const { passed, failed, skipped, broken } = readReport(reportFile);
  const failures = failed + broken;
  return { passed, skipped, failed: failures === 0 && code !== 0 ? 1 : failures };
}

function readReport(file) {
  try {
    const report = JSON.parse(readFileSync(file, 'utf8'));
    const hasFailedTest = ({ assertionResults }) =>
      assertionResults.some(({ status }) => status === 'failed');
    const broken = report.testResults.filter((suite) => suite.status === 'failed' && !hasFailedTest(suite));
    return {
      passed: report.numPassedTests,
      failed: report.numFailedTests,
      skipped: report.numPendingTests + report.numTodoTests,
      broken: broken.length,
    };
  } catch {
    return { passed: 0, failed: 0, skipped: 0, broken: 1 };
  }
}

async function test(args) {
  await provideSystemParts();
  await provideJudges();
  const built = await build();
  if (built !== 0) return { passed: 0, failed: 1, skipped: 0 };
  const folder = mkdtempSync(join(tmpdir(), 'hookloom-report-'));
  const report = join(folder, 'report.json');
  try {
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
    const code = await runNode(programOf('vitest'), ['run', ...reporters, ...args]);
    return count(report, code);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const { passed, failed, skipped } = await test(process.argv.slice(2));
process.stdout.write(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`);
process.exitCode = failed === 0 ? 0 : 1;
