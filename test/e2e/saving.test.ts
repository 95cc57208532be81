import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { allArtifactBytes, artifactBytes } from '../../src/testing/index.ts';
import { sha256 } from './downloadsFolder.ts';
import { chunkedReply, pdfHeaders, reply } from './rawReplies.ts';
import { shareSite } from './shareSite.ts';
import { WORDS } from './widget.ts';

const site = shareSite();
const MIB = 2 ** 20;

const PDF = `%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj
trailer<</Root 1 0 R>>
%%EOF
`;

it('a click saves the file under its name, byte for byte, with one HEAD and one GET', async () => {
  const { service, visit, log } = site();
  const { mount, folder } = await visit();
  const token = service.issue({ fileName: 'plan.pdf', contentType: 'application/pdf', body: PDF });

  const { button, becomes, says } = await mount({ token });
  await becomes('ready');
  expect(await button.innerText()).toMatch(/Download\s+plan\.pdf\s+PDF · \d+ bytes/);
  await button.click();
  await says('completed', WORDS.sent);

  expect(await folder.whenSaved()).toEqual(['plan.pdf']);
  expect(await folder.sha256('plan.pdf')).toBe(await sha256(PDF));
  expect(log(token)).toEqual(['HEAD 200', 'GET 200']);
});

it.each([
  'Übersicht – 2. Änderung.pdf',
  '図面 第1版.pdf',
  '설계 도면 “A”.dwg',
  'plan 100 (final) #2 [rev].tar.gz',
  'emoji 🏗️ plan.pdf',
])('N3 the name shown is the name saved: %s', async (fileName) => {
  const { service, visit, log } = site();
  const { mount, folder } = await visit();
  const token = service.issue({ fileName, contentType: 'application/pdf', size: 3_000 });

  const { root, button, becomes } = await mount({ token });
  await becomes('ready');
  const shown = await root.locator('bdi').textContent();
  await button.click();

  expect(await folder.whenSaved()).toEqual([shown]);
  expect(shown).toBe(fileName.normalize());
  expect(await folder.sha256(fileName)).toBe(await sha256(artifactBytes(3_000, fileName)));
  expect(log(token)).toEqual(['HEAD 200', 'GET 200']);
});

it('N2 a hostile name is made safe, and is saved as it is shown', async () => {
  const { service, visit } = site();
  const { mount, folder } = await visit();
  const fileName = `../../${'a'.repeat(300)}\u202Efdp.exe.pdf`;
  const token = service.issue({ fileName, contentType: 'application/pdf', size: 10 });

  const { root, button, becomes } = await mount({ token });
  await becomes('ready');
  const shown = (await root.locator('bdi').textContent()) ?? '';
  await button.click();

  expect(await folder.whenSaved()).toEqual([shown]);
  expect(Buffer.byteLength(shown)).toBeLessThanOrEqual(240);
  expect(shown).toMatch(/^[^/\\\u202E]+\.pdf$/);
});

it('N3 the app’s own name wins over the server’s', async () => {
  const { service, visit } = site();
  const { mount, folder } = await visit();
  const token = service.issue({ fileName: 'x.bin', contentType: 'application/pdf', size: 10 });

  const { button, becomes } = await mount({ token, fileName: 'Floor 3.pdf' });
  await becomes('ready');
  await button.click();

  expect(await folder.whenSaved()).toEqual(['Floor 3.pdf']);
});

it('a file of 0 bytes is a file', async () => {
  const { service, visit, log } = site();
  const { mount, folder } = await visit();
  const token = service.issue({ fileName: 'empty.txt', contentType: 'text/plain', size: 0 });

  const { button, becomes, says } = await mount({ token });
  await becomes('ready');
  await button.click();
  await says('completed', WORDS.sent);

  expect(await folder.whenSaved()).toEqual(['empty.txt']);
  expect(await folder.sha256('empty.txt')).toBe(await sha256(''));
  expect(log(token)).toEqual(['HEAD 200', 'GET 200']);
});

it('64 MiB arrive byte for byte', async () => {
  const { service, visit, log } = site();
  const { mount, folder } = await visit();
  const fileName = 'model.ifc';
  const size = 64 * MIB;
  const token = service.issue({ fileName, contentType: 'application/octet-stream', size });

  const { button, becomes, says } = await mount({ token });
  await becomes('ready');
  await button.click();
  await says('completed', WORDS.sent);

  expect(await folder.whenSaved()).toEqual([fileName]);
  expect(await folder.sha256(fileName)).toBe(await sha256(artifactBytes(size, fileName)));
  expect(log(token)).toEqual(['HEAD 200', 'GET 200']);
  expect(service.requests(token)[1]).toMatchObject({ outcome: 'sent', sentBytes: size });
});

it('S10 a length that nobody knows: chunked, without a percentage, saved whole', async () => {
  const { faults, visit } = site();
  const { mount, folder, page } = await visit({ origin: faults.origin });
  const bytes = allArtifactBytes(MIB, 'chunked');
  const body = Array.from({ length: 16 }, (_, n) => bytes.subarray(n * 65_536, (n + 1) * 65_536));
  const token = 'unknown-length';
  faults.script(token, {
    HEAD: reply(200, pdfHeaders(null)),
    GET: chunkedReply(pdfHeaders(null), body),
  });

  const { button, becomes, says } = await mount({ token });
  await becomes('ready');
  expect(await button.innerText()).toMatch(/plan\.pdf\s+PDF$/);
  await page.evaluate(() => {
    const seen: (string | null)[] = [];
    new MutationObserver(() => {
      const bar = document.querySelector('[role=progressbar]');
      if (bar) seen.push(bar.getAttribute('aria-valuenow'));
      document.body.dataset['seen'] = JSON.stringify(seen);
    }).observe(document.querySelector('#root') as Element, { subtree: true, childList: true });
  });
  await button.click();
  await says('completed', WORDS.sent);

  const seen = await page.evaluate(() => document.body.dataset['seen']);
  expect(new Set(JSON.parse(seen ?? '[]') as unknown[])).toEqual(new Set([null]));
  expect(await folder.whenSaved()).toEqual(['plan.pdf']);
  expect(await folder.sha256('plan.pdf')).toBe(await sha256(bytes));
  expect(faults.log(token)).toEqual(['HEAD', 'GET']);
});

it('a server that cannot inspect: no details before, the GET’s name after', async () => {
  const { faults, visit } = site();
  const { mount, folder } = await visit({ origin: faults.origin });
  const token = 'uninspectable';
  faults.script(token, { HEAD: reply(405), GET: reply(200, pdfHeaders(PDF.length), PDF) });

  const { button, becomes } = await mount({ token });
  await becomes('ready');
  expect(await button.innerText()).toMatch(/File details are not available/);
  await button.click();
  await becomes('completed');

  expect(await folder.whenSaved()).toEqual(['plan.pdf']);
  expect(await folder.sha256('plan.pdf')).toBe(await sha256(PDF));
  expect(faults.log(token)).toEqual(['HEAD', 'GET']);
});

it('S3 a gzipped answer: decoded bytes are saved, and their number raises no alarm', async () => {
  const { faults, visit } = site();
  const { mount, folder, page } = await visit({ origin: faults.origin });
  const text = 'line of a drawing list\n'.repeat(2_000);
  const encoded = gzipSync(text);
  const headers = { ...pdfHeaders(encoded.length, 'list.csv'), 'Content-Encoding': 'gzip' };
  const token = 'gzipped';
  faults.script(token, { HEAD: reply(200, headers), GET: reply(200, headers, encoded) });

  const { button, becomes, says } = await mount({ token });
  await becomes('ready');
  await button.click();
  await says('completed', WORDS.sent);

  expect(await folder.whenSaved()).toEqual(['list.csv']);
  expect(await folder.sha256('list.csv')).toBe(await sha256(text));
  expect(await page.evaluate(() => window.testHost.callbacks())).toContain('"verified":false');
});

it('S6 an artifact in HTML is not shown as a page, not even when its object URL is opened', async () => {
  const { service, visit } = site();
  const { mount, folder, page, context } = await visit();
  const token = service.issue({
    fileName: 'report.html',
    contentType: 'text/html',
    body: '<!doctype html><title>shown</title>',
  });

  const { button, becomes } = await mount({ token });
  await becomes('ready');
  const [download] = await Promise.all([page.waitForEvent('download'), button.click()]);
  expect(await folder.whenSaved()).toEqual(['report.html']);

  const [tab] = await Promise.all([
    context.waitForEvent('page'),
    page.evaluate((url) => void open(url), download.url()),
  ]);
  // Were it a page, the tab would show it; as octets it is one more download.
  expect(await folder.whenSaved(2)).toHaveLength(2);
  expect(tab.isClosed() || (await tab.title())).not.toBe('shown');
});

it('S5 "Save again" saves the held bytes once more and sends nothing', async () => {
  const { service, visit, log } = site();
  const { mount, folder, settle, sent } = await visit();
  const token = service.issue({ fileName: 'a.pdf', contentType: 'application/pdf', body: PDF });

  const { button, becomes } = await mount({ token });
  await becomes('ready');
  await button.click();
  await becomes('completed');
  await folder.whenSaved(1);
  expect(await button.innerText()).toMatch(/Save again/);
  await button.click();

  expect(await folder.whenSaved(2)).toEqual(['a.pdf']);
  expect(await folder.sha256('a.pdf')).toBe(await sha256(PDF));
  await settle();
  expect(sent).toEqual(['HEAD', 'GET']);
  expect(log(token)).toEqual(['HEAD 200', 'GET 200']);
});
