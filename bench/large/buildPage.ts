import { copyFile, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { build } from 'vite';

/**
 * What the others' service workers need served, as their packages ship it. The adapter's worker has
 * to control the page, so it is at the root; only its own way registers it.
 */
const SERVED = {
  'streamsaver/mitm.html': 'streamsaver/mitm.html',
  'streamsaver/sw.js': 'streamsaver/sw.js',
  'native-file-system-adapter/example/sw.js': 'sw.js',
};

/** Builds the bench page as an app's production build would. */
export async function buildPage(folder: string): Promise<void> {
  await build({
    configFile: false,
    logLevel: 'error',
    root: join(import.meta.dirname, 'page'),
    plugins: [react()],
    build: { outDir: folder, emptyOutDir: true, target: 'es2022' },
  });
  for (const [from, to] of Object.entries(SERVED)) {
    await mkdir(dirname(join(folder, to)), { recursive: true });
    await copyFile(fileURLToPath(import.meta.resolve(from)), join(folder, to));
  }
}
