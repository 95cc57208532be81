import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { build } from 'vite';

/** `production` is what users run; in `development` StrictMode runs everything twice. */
export type TestPageBuild = 'production' | 'development';

/** Where on its server a build's page is. */
export const PAGE_PATHS = { production: '/', development: '/development/' } as const;

/** Builds the test page, minified: a minifier may drop what it takes for idle. */
export async function buildTestPage(mode: TestPageBuild, folder: string): Promise<void> {
  const before = process.env['NODE_ENV'];
  // Vite takes its word for which React to build in, and vitest has set it to 'test'.
  process.env['NODE_ENV'] = mode;
  try {
    await build({
      configFile: false,
      logLevel: 'warn',
      mode,
      root: join(import.meta.dirname, 'app'),
      base: PAGE_PATHS[mode],
      plugins: [react()],
      build: { outDir: folder, emptyOutDir: true, minify: true, target: 'es2022' },
    });
  } finally {
    if (before === undefined) delete process.env['NODE_ENV'];
    else process.env['NODE_ENV'] = before;
  }
}
