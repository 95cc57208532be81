import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { storybookTest } from '@storybook/addon-vitest/vitest-plugin';
import react from '@vitejs/plugin-react';
import { playwright } from '@vitest/browser-playwright';
import { msw } from 'msw/vite';
import type { BrowserContextOptions } from 'playwright';
import type { Plugin } from 'vite';
import { defineConfig, type ViteUserConfig } from 'vitest/config';
import { browserArgs, findBrowser } from './test/browser/findBrowser.ts';

export default defineConfig(async ({ mode }): Promise<ViteUserConfig> => ({
  plugins: [
    react(),
    {
      name: 'style-sheet',
      apply: 'build',
      // Emitted as it is, so that what a user reads in the package is what we wrote.
      generateBundle() {
        const source = readFileSync('src/styles/download-button.css', 'utf8');
        this.emitFile({ type: 'asset', fileName: 'styles.css', source });
        // Without it TypeScript rejects the import in projects that have no types for style sheets.
        this.emitFile({ type: 'asset', fileName: 'styles.css.d.ts', source: 'export {};\n' });
      },
    },
    keepWorkerUrl(),
  ],
  build: {
    target: 'es2022',
    minify: false,
    sourcemap: true,
    lib: {
      entry: {
        index: 'src/index.ts',
        'testing/index': 'src/testing/index.ts',
        'saving/staged/stagingWorker': 'src/saving/staged/stagingWorker.ts',
      },
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
          name: 'model',
          environment: 'node',
          include: ['test/model/**/*.test.ts'],
          globalSetup: ['test/model/buildTabScript.ts'],
          // MODEL_RUNS says how long it takes; a run that hangs is found by its own clock.
          testTimeout: 0,
          // Closed tabs are let go of when memory gets short, which nobody needs to wait for.
          execArgv: ['--max-old-space-size=2000'],
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
      {
        extends: true,
        test: {
          name: 'engines',
          environment: 'node',
          include: ['test/engines/**/*.test.ts'],
          globalSetup: ['test/engines/engineSetup.ts'],
          // In a group by itself, one engine after the other: large files need the whole machine.
          sequence: { groupOrder: 2 },
          maxWorkers: 1,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        plugins: [storybookTest({ configDir: '.storybook' })],
        test: {
          name: 'stories',
          // The matrix brings all states about, one after the other.
          testTimeout: 60_000,
          browser: await inChromium(mode),
        },
      },
      {
        extends: true,
        plugins: [msw({ mode: 'worker-only' })],
        test: {
          name: 'visual',
          include: ['test/visual/**/*.test.ts'],
          // In a group by itself: beside it the stories would come near their timeouts on two cores.
          sequence: { groupOrder: 1 },
          testTimeout: 60_000,
          hookTimeout: 60_000,
          browser: {
            ...(await inChromium(mode, {
              env: { FONTCONFIG_FILE: resolve('test/visual/fonts.conf') },
              contextOptions: { locale: 'en-US', timezoneId: 'UTC', deviceScaleFactor: 1 },
            })),
            // Room for a row without wrapping; what is out of view vitest's frame cuts off.
            viewport: { width: 1024, height: 300 },
            expect: {
              toMatchScreenshot: {
                // Of a row's 100 000. A few, for other versions of Chromium; an icon has more.
                comparatorOptions: { threshold: 0.01, allowedMismatchedPixels: 20 },
                resolveScreenshotPath: ({ root, testFileDirectory, arg, ext }) =>
                  join(root, testFileDirectory, 'baselines', arg + ext),
              },
            },
          },
        },
      },
    ],
  },
}));

/**
 * Leaves the worker's URL in the package as it is in the source: the bundler of an app finds the file
 * by it. Vite would put the worker into the module as text, which strict policies forbid.
 */
function keepWorkerUrl(): Plugin {
  const source = "new URL('./stagingWorker.ts', import.meta.url)";
  const placeholder = '__STAGING_WORKER_URL__';
  return {
    name: 'worker-url',
    apply: 'build',
    enforce: 'pre',
    // One line stays one line, as far as a source map tells.
    transform: (code) =>
      code.includes(source) ? { code: code.replace(source, placeholder), map: null } : null,
    renderChunk: (code) =>
      code.includes(placeholder)
        ? { code: code.replace(placeholder, source.replace('.ts', '.js')), map: null }
        : null,
  };
}

interface ChromiumOptions {
  env?: Record<string, string>;
  contextOptions?: BrowserContextOptions;
}

/** For tests that run in a page. */
async function inChromium(mode: string, { env = {}, contextOptions = {} }: ChromiumOptions = {}) {
  return {
    enabled: true,
    headless: true,
    screenshotFailures: false,
    provider: playwright({
      launchOptions: {
        // Only tests need a browser; a build must not install one.
        ...(mode === 'test' ? { executablePath: await findBrowser() } : {}),
        args: browserArgs(),
        env: { ...process.env, ...env },
      },
      contextOptions,
    }),
    instances: [{ browser: 'chromium' as const }],
  };
}
