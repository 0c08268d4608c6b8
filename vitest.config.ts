import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

/** Hundreds of store processes start from the sources: their types are stripped once, not each time. */
const compiled = fileURLToPath(new URL('.cache/compiled', import.meta.url));

export default defineConfig({
  test: {
    // Most tests wait: for a server, a process, a keychain. Two at a time on two processors, where vitest would take one.
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: 'node',
          environment: 'node',
          env: { NODE_COMPILE_CACHE: compiled },
          include: ['tests/**/*.test.ts'],
          exclude: ['tests/e2e/**'],
          // Generous: a machine with other work must not make a behaviour look broken.
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        plugins: [react()],
        test: {
          name: 'page',
          environment: 'jsdom',
          include: ['tests/renderer/**/*.test.tsx'],
          setupFiles: ['tests/support/page-environment.ts'],
        },
      },
    ],
  },
});
