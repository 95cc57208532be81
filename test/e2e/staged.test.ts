import { describe, expect, it } from 'vitest';
import type { Page } from 'playwright';
import { artifactBytes } from '../../src/testing/index.ts';
import { sha256 } from './downloadsFolder.ts';
import { eventually } from './eventually.ts';
import { shareSite } from './shareSite.ts';
import { WORDS } from './widget.ts';

const site = shareSite();
const MIB = 2 ** 20;
const LIMIT = 256 * MIB;
const ARCHIVE = { fileName: 'archive.zip', contentType: 'application/zip', size: LIMIT + 1 };

/** The names of what the library keeps on the origin's disk. */
function stagedFiles(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const root = await navigator.storage.getDirectory();
    const folder = await root.getDirectoryHandle('react-artifact-download').catch(() => null);
    const names: string[] = [];
    if (folder) for await (const name of folder.keys()) names.push(name);
    return names;
  });
}

it('S2 a large file goes by way of the disk, and comes byte for byte', async () => {
  const { service, visit, log } = site();
  const { mount, folder, page } = await visit();
  const token = service.issue(ARCHIVE);
  const { button, becomes, says } = await mount({ token });
  await becomes('ready');
  await button.click();
  await eventually(()=>page.evaluate(() => document.querySelector('.artifact-download')?.getAttribute('data-status'))).toMatch(/completed|failed|ready/);
 console.log(await page.evaluate(() => window.testHost.callbacks()));
  await says('completed', WORDS.sent);
  expect(await stagedFiles(page)).toHaveLength(1);
  expect(await folder.whenSaved()).toEqual(['archive.zip']);
  expect(await folder.sha256('archive.zip')).toBe(
    await sha256(artifactBytes(ARCHIVE.size, ARCHIVE.fileName)),
  );
  expect(log(token)).toEqual(['HEAD 200', 'GET 200']);
});
