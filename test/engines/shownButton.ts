import type { ArtifactDownloadStatus } from '../../src/index.ts';
import type { ButtonSetup } from '../e2e/app/testHost.ts';
import { eventually } from '../e2e/eventually.ts';
import type { EnginePage } from './Engine.ts';

/** Milliseconds until all bytes of a large file have come, on a slow machine. */
const PATIENCE = 30_000;

/** A download button on a page, as a user finds it. */
export interface ShownButton {
  readonly page: EnginePage;
  /** The file's name that it shows. */
  name(): Promise<unknown>;
  /** Percent, as the progress bar says. */
  progress(): Promise<unknown>;
  click(): Promise<void>;
  cancel(): Promise<void>;
  status(): Promise<unknown>;
  /** Waits until it shows this status. */
  becomes(status: ArtifactDownloadStatus): Promise<void>;
  /** Waits until it shows this status, and until the live region says these words. */
  says(status: ArtifactDownloadStatus, words: RegExp): Promise<void>;
}

/** Shows a button in place of those before. */
export async function showButton(page: EnginePage, setup: ButtonSetup): Promise<ShownButton> {
  const read = (selector: string, property: string) => () =>
    page.evaluate(`document.querySelector('${selector}')?.${property} ?? ''`);
  const status = read('.artifact-download', 'dataset.status');
  const words = read('.artifact-download [role=status]', 'textContent');
  await page.evaluate('window.testHost.unmount() ?? null');
  await page.evaluate(`window.testHost.mount(${JSON.stringify({ buttons: [setup] })}) ?? null`);
  return {
    page,
    name: read('.artifact-download bdi', 'textContent'),
    progress: read('.artifact-download [role=progressbar]', "getAttribute('aria-valuenow')"),
    click: () => page.click('.artifact-download-button'),
    cancel: () => page.click('.artifact-download-cancel'),
    status,
    becomes: (wanted) => eventually(status, PATIENCE).toBe(wanted),
    async says(wanted, wantedWords) {
      await eventually(status, PATIENCE).toBe(wanted);
      await eventually(words).toMatch(wantedWords);
    },
  };
}
