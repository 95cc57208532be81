import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launch } from 'puppeteer-core';
import type { Engine } from './Engine.ts';

/** Firefox, as it is installed, by Puppeteer over WebDriver BiDi: it needs no driver. */
export async function startFirefox(executablePath: string): Promise<Engine> {
  const downloads = await mkdtemp(join(tmpdir(), 'artifact-firefox-'));
  const browser = await launch({
    browser: 'firefox',
    executablePath,
    headless: true,
    extraPrefsFirefox: {
      // Without these they go to the home folder's `Downloads`: Puppeteer's `downloadBehavior`
      // reaches only the contexts that it creates itself.
      'browser.download.folderList': 2,
      'browser.download.dir': downloads,
      'browser.download.useDownloadDir': true,
      // Else each PDF that was saved is opened, in a new tab in front of the page.
      'pdfjs.disabled': true,
      'intl.accept_languages': 'en-US',
    },
  });
  return {
    downloads,
    async open(url) {
      // A window, because a tab would send the one before it to the background, where nothing paints.
      const page = await browser.newPage({ type: 'window' });
      await page.goto(url);
      return {
        evaluate: (expression) => page.evaluate(expression),
        click: (selector) => page.click(selector),
        close: () => page.close(),
      };
    },
    async close() {
      await browser.close();
      await rm(downloads, { recursive: true, force: true });
    },
  };
}
