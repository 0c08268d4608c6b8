// Reads how many tests passed out of the reports that vitest and playwright write.
import { existsSync, readFileSync } from 'node:fs';

/** What a stage counts when it is one check and no suite: the exit code decides. */
export function countOfCheck(code) {
  return code === 0 ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 };
}

/** A stage that only prepares others: nothing when it went well. */
export function countOfPreparation(code) {
  return { ...countOfCheck(code), passed: 0 };
}

export function countOfVitest(file, code) {
  return withCode(readReport(file), code, (report) => {
    // A file that could not be loaded has no tests to report as failed.
    const broken = report.testResults.filter((one) => one.status === 'failed' && one.assertionResults.length === 0);
    return {
      passed: report.numPassedTests,
      failed: report.numFailedTests + broken.length,
      skipped: report.numPendingTests + report.numTodoTests,
    };
  });
}

export function countOfPlaywright(file, code) {
  return withCode(readReport(file), code, ({ stats, errors }) => ({
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky + errors.length,
    skipped: stats.skipped,
  }));
}

/** No report, no test at all, or a failing exit code without a failed test: each is a failure that must be seen. */
function withCode(report, code, read) {
  if (report === undefined) return { passed: 0, failed: 1, skipped: 0 };
  const count = read(report);
  const unseen = count.failed === 0 && (code !== 0 || count.passed === 0);
  return unseen ? { ...count, failed: 1 } : count;
}

function readReport(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}
