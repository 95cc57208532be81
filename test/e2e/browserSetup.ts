import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { findBrowser } from '../browser/findBrowser.ts';
import { buildTestPage, type TestPageBuild } from './buildTestPage.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    browserPath: string;
    /** The folder of each page that was built. */
    pageFolders: Partial<Record<TestPageBuild, string>>;
  }
}

/** Finds a browser and builds the pages, once for all files. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'artifact-download-page-'));
  const pageFolders = {
    production: join(folder, 'production'),
    development: join(folder, 'development'),
  };
  const browserPath = await findBrowser();
  await buildTestPage('production', pageFolders.production);
  await buildTestPage('development', pageFolders.development);
  project.provide('browserPath', browserPath);
  project.provide('pageFolders', pageFolders);
  return () => rm(folder, { recursive: true, force: true });
}
