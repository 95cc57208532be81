import { readFileSync } from 'node:fs';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  plugins: [
    react(),
    {
      name: 'style-sheet',
      apply: 'build',
      // Emitted as it is, so that what a user reads in the package is what we wrote.
      generateBundle() {
        const source = readFileSync('src/styles/download-button.css', 'utf8');
        this.emitFile({ type: 'asset', fileName: 'styles.css', source });
      },
    },
  ],
  build: {
    target: 'es2022',
    minify: false,
    sourcemap: true,
    lib: {
      entry: { index: 'src/index.ts', 'testing/index': 'src/testing/index.ts' },
      formats: ['es'],
    },
    rolldownOptions: {
      external: /^[^./]/,
      output: {
        // "use client" is kept only in modules that stay modules.
        preserveModules: true,
        preserveModulesRoot: 'src',
        entryFileNames: '[name].js',
      },
    },
  },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'node',
          environment: 'node',
          include: ['test/{protocol,query,contract,testing}/**/*.test.{ts,tsx}'],
        },
      },
      {
        extends: true,
        test: {
          name: 'react',
          environment: 'jsdom',
          include: ['test/{react,download}/**/*.test.tsx'],
          setupFiles: ['test/react/setup.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          environment: 'node',
          include: ['test/e2e/**/*.test.ts'],
          globalSetup: ['test/e2e/browserSetup.ts'],
          // Each file has a browser of its own, which is more than a worker's share of two cores.
          maxWorkers: 2,
          testTimeout: 30_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
