import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchBrowser } from '../browser/findBrowser.ts';
import { saveDownloadsInto } from '../e2e/downloadsFolder.ts';
import type { Engine } from './Engine.ts';

/** Chromium, or what is made of it, by Playwright. */
export async function startChromium(executablePath: string): Promise<Engine> {
  const downloads = await mkdtemp(join(tmpdir(), 'artifact-chromium-'));
  const browser = await launchBrowser({ executablePath });
  const context = await browser.newContext({ locale: 'en-US' });
  return {
    downloads,
    async open(url) {
      const page = await context.newPage();
      await saveDownloadsInto(downloads, browser, page);
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
