import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, CDPSession, Page } from 'playwright';
import { expect } from 'vitest';
import { eventually } from './eventually.ts';

/** A folder that the browser saves a page's downloads into, under their real names. */
export interface DownloadsFolder {
  /** Every name in it, half-written files included. */
  names(): Promise<string[]>;
  /** Waits for `count` downloads, and expects that there were no more; tells the folder's names. */
  whenSaved(count?: number): Promise<string[]>;
  sha256(name: string): Promise<string>;
  /** Forgets all downloads. */
  empty(): Promise<void>;
  remove(): Promise<void>;
}

/**
 * Has the browser save where a user's would: Playwright's own way gives every file a random name, and
 * so hides what becomes of ours.
 */
export async function openDownloadsFolder(browser: Browser, page: Page): Promise<DownloadsFolder> {
  const path = await mkdtemp(join(tmpdir(), 'artifact-downloads-'));
  const session = await saveDownloadsInto(path, browser, page);
  // Counted, because a file of the same name would be replaced here, not be given a number.
  let begun = 0;
  let completed = 0;
  session.on('Browser.downloadWillBegin', () => void (begun += 1));
  session.on('Browser.downloadProgress', ({ state }) => {
    if (state === 'completed') completed += 1;
  });

  const names = async (): Promise<string[]> => (await readdir(path)).sort();
  return {
    names,
    async whenSaved(count = 1) {
      await eventually(() => completed, 30_000).toBeGreaterThanOrEqual(count);
      expect(begun, 'downloads begun').toBe(count);
      return names();
    },
    sha256: (name) => sha256(createReadStream(join(path, name))),
    async empty() {
      for (const name of await names()) await rm(join(path, name));
      begun = completed = 0;
    },
    async remove() {
      await session.detach().catch(() => {});
      await rm(path, { recursive: true, force: true });
    },
  };
}

/**
 * Has the downloads of a page's context saved in a folder, and gives the session which tells of them.
 * Before that, they would be given to Playwright.
 */
export async function saveDownloadsInto(
  downloadPath: string,
  browser: Browser,
  page: Page,
): Promise<CDPSession> {
  const ofPage = await page.context().newCDPSession(page);
  const { targetInfo } = await ofPage.send('Target.getTargetInfo');
  await ofPage.detach();
  const session = await browser.newBrowserCDPSession();
  await session.send('Browser.setDownloadBehavior', {
    behavior: 'allow',
    ...(targetInfo.browserContextId ? { browserContextId: targetInfo.browserContextId } : {}),
    downloadPath,
    eventsEnabled: true,
  });
  return session;
}

/** The checksum that a file has to agree with. */
export async function sha256(
  source: Uint8Array | string | AsyncIterable<Uint8Array | string>,
): Promise<string> {
  const hash = createHash('sha256');
  if (typeof source === 'string' || source instanceof Uint8Array)
    return hash.update(source).digest('hex');
  for await (const chunk of source) hash.update(chunk);
  return hash.digest('hex');
}
