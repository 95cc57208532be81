import { build, type Rolldown } from 'vite';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    tabScript: string;
  }
}

/**
 * One script that holds React, TanStack Query, the library and the app of a tab: run once in each
 * tab, it gives each its own module state, as pages have it.
 */
export async function buildTabScript(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    // StrictMode does what it does in development only.
    define: { 'process.env.NODE_ENV': '"development"' },
    build: {
      write: false,
      minify: false,
      target: 'es2022',
      lib: { entry: 'test/model/tab/program.tsx', formats: ['iife'], name: 'unused' },
      rolldownOptions: { output: { codeSplitting: false } },
    },
  });
  const [output] = [built].flat() as Rolldown.RolldownOutput[];
  const [chunk] = output?.output ?? [];
  if (!chunk) throw new Error('The tab was built, but there is no script.');
  return chunk.code;
}

export default async function setup(project: TestProject): Promise<void> {
  project.provide('tabScript', await buildTabScript());
}
