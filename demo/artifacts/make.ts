/** Draws the demo's artifacts anew, with an installed Chromium: `node demo/artifacts/make.ts`. */
import { chromium } from 'playwright';
import { facadePage } from './facade.ts';
import { floorPlanPage } from './floorPlan.ts';

const here = import.meta.dirname;
const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});
try {
  const page = await browser.newPage({ viewport: { width: 1200, height: 750 } });
  await page.setContent(floorPlanPage());
  await page.pdf({ path: `${here}/A-201 Floor plan Level 2.pdf`, preferCSSPageSize: true });
  await page.setContent(facadePage());
  await page.screenshot({ path: `${here}/Façade ouest.png` });
} finally {
  await browser.close();
}
