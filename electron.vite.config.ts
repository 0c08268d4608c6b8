import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

const root = import.meta.dirname;

// The two packages with native code stay outside the bundle; everything else goes in.
const native = ['better-sqlite3', 'keytar'];
// The oldest runtime the console may run on is Electron 33 (docs/decisions: Electron runtimes).
const oldestNode = 'node20.18';
const oldestChrome = 'chrome130';

export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      target: oldestNode,
      minify: false,
      externalizeDeps: false,
      rolldownOptions: {
        input: {
          main: resolve(root, 'src-main/app/main.electron.ts'),
          store: resolve(root, 'src-main/store/process/store-process.ts'),
          parser: resolve(root, 'src-main/store/process/parser-worker.ts'),
        },
        external: native,
        output: { format: 'cjs', entryFileNames: '[name].cjs', chunkFileNames: 'chunks/[name]-[hash].cjs' },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      target: oldestNode,
      externalizeDeps: false,
      rolldownOptions: {
        input: { preload: resolve(root, 'src-main/preload/preload.electron.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: resolve(root, 'src-renderer'),
    plugins: [react()],
    build: {
      outDir: resolve(root, 'out/renderer'),
      target: oldestChrome,
      minify: true,
      rolldownOptions: {
        input: { index: resolve(root, 'src-renderer/index.html') },
        // What two screens share is one file: each further one is a round trip through main, and a screen had twenty of them.
        output: { codeSplitting: { groups: [{ name: 'shared', minShareCount: 2 }] } },
      },
    },
  },
});
