/** Takes the README's pictures of a demo that is running: `npm start`, then `node demo/screenshot.ts`. */
import { join } from 'node:path';
import { launchBrowser } from '../test/browser/findBrowser.ts';

const url = process.argv[2] ?? 'http://127.0.0.1:5180';
const browser = await launchBrowser();
for (const [colorScheme, name] of [
  ['light', 'screenshot.png'],
  ['dark', 'screenshot-dark.png'],
] as const) {
  const viewport = { width: 1080, height: 900 };
  const page = await browser.newPage({ colorScheme, viewport, deviceScaleFactor: 1.5 });
  await page.goto(url);
  await page.getByRole('button', { name: /^Download Site survey/ }).click();
  await page
    .getByRole('button', { name: /^Download A-201/ })
    .first()
    .click();
  await page.getByText(/^[2-9]\d%\s· /).waitFor();
  await page.mouse.move(0, 0);
  await page.evaluate(() => scrollTo(0, 0));
  const rows = page.locator('section.row');
  const [first, third] = [await rows.nth(0).boundingBox(), await rows.nth(2).boundingBox()];
  if (!first || !third) throw new Error('The demo has changed: no rows to take a picture of.');
  const clip = {
    x: 0,
    y: first.y + 16,
    width: viewport.width,
    height: third.y + third.height - first.y,
  };
  await page.screenshot({ path: join(import.meta.dirname, name), clip, fullPage: true });
  await page.close();
}
await browser.close();
