import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Browser } from 'playwright';
import { launchBrowser } from '../browser/findBrowser.ts';
import { openDownloadsFolder, sha256 } from './downloadsFolder.ts';

const ROOT = join(import.meta.dirname, '../..');

let browser: Browser;
let port = 0;
const started: ChildProcess[] = [];
beforeAll(async () => {
  browser = await launchBrowser();
  // A port that was free a moment ago.
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  ({ port } = probe.address() as AddressInfo);
  await new Promise((resolve) => probe.close(resolve));
});
afterAll(async () => {
  for (const demo of started) demo.kill();
  await browser.close();
});

/** Starts the demo as `npm start` does, and gives what it has said and how it ended. */
function start() {
  const demo = spawn(process.execPath, ['demo/serve.ts'], {
    cwd: ROOT,
    env: { ...process.env, PORT: String(port), NODE_ENV: 'development' },
  });
  started.push(demo);
  let said = '';
  const hear = (chunk: Buffer) => void (said += chunk.toString());
  demo.stdout.on('data', hear);
  demo.stderr.on('data', hear);
  return { said: () => said, ended: once(demo, 'exit') };
}

it('the demo prints its URL, downloads the real file, and shows what its server saw', async () => {
  const { said } = start();
  await expect.poll(said, { timeout: 30_000 }).toContain(`http://127.0.0.1:${port}`);
  const page = await browser.newPage();
  const folder = await openDownloadsFolder(browser, page);
  await page.goto(`http://127.0.0.1:${port}`);
  const row = page.locator('section', { hasText: 'A drawing' });
  const button = row.getByRole('button', { name: /^Download A-201 Floor plan Level 2\.pdf PDF/ });
  await button.waitFor({ timeout: 60_000 });
  await expect.poll(() => row.innerText()).toMatch(/HEAD\s+200/);
  expect(await row.innerText()).not.toMatch(/GET\s+\d/);
  await button.click();
  expect(await folder.whenSaved()).toEqual(['A-201 Floor plan Level 2.pdf']);
  const source = await readFile(join(ROOT, 'demo/artifacts/A-201 Floor plan Level 2.pdf'));
  expect(await folder.sha256('A-201 Floor plan Level 2.pdf')).toBe(await sha256(source));
  await expect.poll(() => row.innerText()).toMatch(/HEAD\s+200[^]*GET\s+200/);

  // The same tokens again: the reload asks, and finds this one spent.
  await page.reload();
  await row.getByRole('button', { name: /^Link no longer works/ }).waitFor({ timeout: 30_000 });
  await expect.poll(() => row.innerText()).toMatch(/HEAD\s+200[^]*GET\s+200[^]*HEAD\s+410/);
  await folder.remove();
  await page.close();
}, 120_000);

it('the demo says plainly when its port is taken', async () => {
  const { said, ended } = start();
  expect(await ended).toEqual([1, null]);
  expect(said().trim()).toBe(
    `Port ${port} is in use already: choose another one, such as PORT=${port + 1} npm start`,
  );
});
