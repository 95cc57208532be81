import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { buildTestPage } from '../e2e/buildTestPage.ts';
import { findEngines, type EngineName, type FoundEngine } from './findEngines.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    engines: Record<EngineName, FoundEngine>;
  }
}

/** Finds the engines and builds the page as users get it, once for all files. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'artifact-download-page-'));
  await buildTestPage('production', folder);
  const engines = await findEngines();
  for (const [name, engine] of Object.entries(engines)) {
    if ('missing' in engine) console.warn(`${name} is not tested: ${engine.missing}`);
  }
  project.provide('engines', engines);
  project.provide('pageFolders', { production: folder });
  return () => rm(folder, { recursive: true, force: true });
}
