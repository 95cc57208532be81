import { expect, it } from 'vitest';
import type { Page } from 'playwright';
import { artifactBytes } from '../../src/testing/index.ts';
import { sha256 } from './downloadsFolder.ts';
import { eventually } from './eventually.ts';
import { shareSite } from './shareSite.ts';
import { WORDS } from './widget.ts';

const site = shareSite();
const FILE = { fileName: 'a.zip', contentType: 'application/zip', size: 3 * 2 ** 20 };

/** The test page as of an app that allows frames. */
async function withFrames(page: Page): Promise<void> {
  await page.route('/', async (route) => {
    const response = await route.fetch();
    const { 'content-security-policy': _, ...headers } = response.headers();
    await route.fulfill({ response, headers });
  });
  await page.reload();
}

it('S2 S4 the browser’s own download: that it was sent there is all that is said', async () => {
  const { service, visit, log, received } = site();
  const { mount, page, folder } = await visit({ own: true });
  await withFrames(page);
  const token = service.issue(FILE);
  const { button, becomes, says } = await mount({ token, sink: 'browser' });
  await becomes('ready');
  await button.click();
  await says('completed', WORDS.sent);
  expect(await page.evaluate(() => window.testHost.callbacks())).toMatch(
    /"delivery":"handed-over".*"verified":false|"verified":false.*"delivery":"handed-over"/,
  );
  expect(await page.content()).not.toContain(token);
  expect(await button.innerText()).not.toMatch(/Save again/);
  await folder.whenSaved();
  expect(await folder.sha256('a.zip')).toBe(await sha256(artifactBytes(FILE.size, 'a.zip')));
  expect(log(token).filter((line) => line.startsWith('GET'))).toEqual(['GET 200']);
  // A navigation sends cookies, which nothing can keep back; but no referrer.
  const get = received.find(({ method, url }) => method === 'GET' && url.includes(token));
  expect(get?.headers.get('referer')).toBeNull();
});

it('S3 a token that died meanwhile: the error page is not shown, and nothing is claimed', async () => {
  const { service, visit, log } = site();
  const { mount, page, folder } = await visit({ own: true });
  await withFrames(page);
  const token = service.issue({ ...FILE, faults: { get: { status: 410 } } });
  const { button, root, becomes } = await mount({ token, sink: 'browser' });
  await becomes('ready');
  service.expire(token);
  await button.click();
  await becomes('failed');
  expect(await root.textContent()).toMatch(/unexpected answer/);
  expect(await page.locator('iframe').count()).toBe(0);
  expect(log(token).filter((line) => line.startsWith('GET'))).toEqual(['GET 410']);
  expect(await folder.names()).toEqual([]);
});

it('T4 where the page’s policy forbids frames nothing is sent', async () => {
  const { service, visit, log } = site();
  const { mount, complaints } = await visit({ own: true });
  const token = service.issue(FILE);
  const { button, root, becomes } = await mount({ token, sink: 'browser' });
  await becomes('ready');
  await button.click();
  await eventually(() => root.textContent()).toMatch(/Downloads are blocked here.*still works/);
  expect(log(token)).toEqual(['HEAD 200']);
  // The report that there is no way around, and why only an app that has asked for this gets it.
  expect(complaints.splice(0)).toEqual([expect.stringContaining('frame-src')]);
});

it('E2 canceled before the browser had an answer: HEAD is asked', async () => {
  const { service, visit, setLine } = site();
  const { mount, page, folder } = await visit({ own: true });
  await withFrames(page);
  const token = service.issue(FILE);
  const { button, cancel, says, becomes } = await mount({ token, sink: 'browser' });
  await becomes('ready');
  setLine(token, { latency: 3_000 });
  await button.click();
  await eventually(() => service.status(token)).toBe('consumed');
  await cancel.click();
  await says('expired', WORDS.canceled);
  expect(await folder.names()).toEqual([]);
});
