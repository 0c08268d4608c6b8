import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: 'tests/e2e',
  testMatch: '**/*.spec.ts',
  workers: 1,
  retries: 0,
  forbidOnly: true,
  timeout: 120_000,
  // A window that never comes must not hold up everything else.
  globalTimeout: 20 * 60_000,
  reporter: [['list']],
  outputDir: 'test-results',
});
