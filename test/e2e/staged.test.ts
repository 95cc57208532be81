import { expect, it } from 'vitest';
import type { Page } from 'playwright';
import { allArtifactBytes, artifactBytes } from '../../src/testing/index.ts';
import { sha256 } from './downloadsFolder.ts';
import { eventually } from './eventually.ts';
import { chunkedReply, gatedReply, pdfHeaders, reply } from './rawReplies.ts';
import { shareSite } from './shareSite.ts';
import type { Visit } from './visit.ts';
import { WORDS } from './widget.ts';

const site = shareSite();
const MIB = 2 ** 20;
/** The largest file that goes through memory without a question. */
const LIMIT = 256 * MIB;
const BYTES = allArtifactBytes(3 * MIB + 7, 'staged');
const GONE = reply(410);

/** What the library keeps on the origin's disk: names and sizes. */
function staged(page: Page): Promise<[name: string, size: number][]> {
  return page.evaluate(async () => {
    const root = await navigator.storage.getDirectory();
    const folder = await root.getDirectoryHandle('react-artifact-download').catch(() => null);
    const files: [string, number][] = [];
    if (!folder) return files;
    for await (const [name, handle] of folder.entries()) {
      if (name.endsWith('.copied')) continue;
      // While a file is open for writing its size can't be had.
      const file = handle.kind === 'file' && (await handle.getFile().catch(() => null));
      files.push([name, file ? file.size : -1]);
    }
    return files;
  });
}

/** A token of a file whose size nobody tells, which may be large: it goes by way of the disk. */
async function ofUnknownSize(
  get = chunkedReply(pdfHeaders(null), [BYTES]),
  options: Parameters<ReturnType<typeof site>['visit']>[0] = {},
): Promise<Visit & { token: string; log: () => string[] }> {
  const { faults, visit } = site();
  const token = `staged-${Math.random()}`;
  faults.script(token, { HEAD: [reply(200, pdfHeaders(null)), GONE], GET: get });
  const visited = await visit({ origin: faults.origin, own: true, ...options });
  return { ...visited, token, log: () => faults.log(token) };
}

/** A line that holds the body back until it is let through. */
function gated(): { get: ReturnType<typeof gatedReply>; letThrough: () => void } {
  let letThrough = () => {};
  const gate = new Promise<void>((resolve) => (letThrough = resolve));
  const [first, rest] = [BYTES.subarray(0, 2 * MIB), BYTES.subarray(2 * MIB)].map((part) =>
    Buffer.from(part).toString('latin1'),
  );
  const headers = { ...pdfHeaders(null), 'X-Binary': 'latin1' };
  return {
    letThrough,
    get: async (socket) => {
      socket.setDefaultEncoding('latin1');
      await gatedReply(headers, first ?? '', gate, rest ?? '')(socket);
    },
  };
}

it.each([
  ['at the limit through memory', LIMIT, 0],
  ['above it by way of the disk', LIMIT + 1, 1],
])(
  'S2 %s, byte for byte',
  async (_, size, files) => {
    const { service, visit, log } = site();
    const { mount, folder, page } = await visit({ own: true });
    const fileName = 'archive.zip';
    const token = service.issue({ fileName, contentType: 'application/zip', size });
    const { button, becomes, says } = await mount({ token });
    await becomes('ready');
    await button.click();
    await eventually(() => page.workers().length).toBe(files);
    await says('completed', WORDS.sent);

    expect(await staged(page)).toEqual(files ? [[expect.any(String), size]] : []);
    expect(await folder.whenSaved()).toEqual([fileName]);
    expect(await folder.sha256(fileName)).toBe(await sha256(artifactBytes(size, fileName)));
    expect(log(token)).toEqual(['HEAD 200', 'GET 200']);
    expect(page.workers()).toEqual([]);
  },
  60_000,
);

it('S2 a file of unknown size goes by way of the disk; "Save again" copies it from there', async () => {
  const { mount, folder, page, token, log } = await ofUnknownSize();
  const { button, becomes } = await mount({ token });
  await becomes('ready');
  await button.click();
  await becomes('completed');
  expect(await staged(page)).toEqual([[expect.any(String), BYTES.length]]);
  await folder.whenSaved();
  await button.click();
  expect(await folder.whenSaved(2)).toEqual(['plan.pdf']);
  expect(await folder.sha256('plan.pdf')).toBe(await sha256(BYTES));
  expect(log()).toEqual(['HEAD', 'GET']);
});

it('P2 what is opened ahead is there when the click comes, and is deleted if none does', async () => {
  const { mount, page, token, log } = await ofUnknownSize();
  const { button, becomes } = await mount({ token });
  await becomes('ready');
  expect(await staged(page)).toEqual([]);
  await button.hover();
  await eventually(async () => (await staged(page)).length).toBe(1);
  await page.evaluate(() => dispatchEvent(new Event('pagehide')));
  await eventually(() => staged(page)).toEqual([]);
  expect(log()).toEqual(['HEAD']);

  await button.focus();
  await eventually(async () => (await staged(page)).length).toBe(1);
  const [[name] = []] = await staged(page);
  await button.click();
  await becomes('completed');
  expect(await staged(page)).toEqual([[name, BYTES.length]]);
});

it('S1 a click that nothing announced opens its destination, and then sends the GET', async () => {
  const { mount, page, token, folder } = await ofUnknownSize();
  const { button, becomes } = await mount({ token });
  await becomes('ready');
  await button.evaluate((element: HTMLElement) => element.click());
  await becomes('completed');
  expect(await staged(page)).toHaveLength(1);
  await folder.whenSaved();
});

it('S9 a cancel midway leaves no file on the origin’s disk', async () => {
  const { get } = gated();
  const { mount, folder, page, token } = await ofUnknownSize(get);
  const { button, cancel, progress, becomes, says } = await mount({ token });
  await becomes('ready');
  await button.click();
  await eventually(() => progress.getAttribute('aria-valuetext')).toMatch(/MB\sreceived/);
  expect(await staged(page)).toHaveLength(1);
  await cancel.click();
  await says('expired', WORDS.canceled);
  await eventually(() => staged(page)).toEqual([]);
  expect(await folder.names()).toEqual([]);
});

it('T1 neither the token nor the file’s name is on the disk, in a lock’s name or a worker’s', async () => {
  const { get } = gated();
  const { mount, page, token } = await ofUnknownSize(get);
  const { button, progress, becomes } = await mount({ token });
  await becomes('ready');
  await button.click();
  await eventually(() => progress.getAttribute('aria-valuetext')).toMatch(/MB\sreceived/);
  const locks = await page.evaluate(async () => (await navigator.locks.query()).held);
  const seen = JSON.stringify([
    await staged(page),
    locks,
    page.workers().map((worker) => worker.url()),
  ]);
  expect(seen).toMatch(/staged:/);
  expect(seen).toMatch(/stagingWorker/);
  expect(seen).not.toContain(token);
  expect(seen).not.toContain('plan');
});

it.each([
  ['cut', chunkedReply(pdfHeaders(null), [BYTES], 'cut'), WORDS.lost],
  ['answered with 410', GONE, WORDS.dead],
])('S3 a body that is %s leaves no file on the origin’s disk', async (_, get, words) => {
  const { mount, folder, page, token } = await ofUnknownSize(get);
  const { button, status, becomes } = await mount({ token });
  await becomes('ready');
  await button.click();
  await eventually(() => status.textContent()).toMatch(words);
  await eventually(() => staged(page)).toEqual([]);
  expect(await folder.names()).toEqual([]);
});

it('S3 a body shorter than its known length leaves no file on the origin’s disk', async () => {
  const { faults, visit } = site();
  const { mount, folder, page } = await visit({ origin: faults.origin, own: true });
  const size = LIMIT + MIB;
  faults.script('short', {
    HEAD: [reply(200, pdfHeaders(size)), GONE],
    GET: reply(200, pdfHeaders(null), BYTES),
  });
  const { button, becomes, says } = await mount({ token: 'short' });
  await becomes('ready');
  await button.click();
  await says('failed', WORDS.incomplete);
  await eventually(() => staged(page)).toEqual([]);
  expect(await folder.names()).toEqual([]);
});

it('S6 what a page has left that was closed is swept up; what is in use, or being copied, is not', async () => {
  const { get, letThrough } = gated();
  const { mount, page, token, context, openTab, folder } = await ofUnknownSize(get);
  const { button, becomes, progress } = await mount({ token });
  await becomes('ready');
  await button.click();
  await eventually(() => progress.getAttribute('aria-valuetext')).toMatch(/MB\sreceived/);
  const [[used] = []] = await staged(page);
  // As pages leave them that have crashed: files, and nobody who holds their locks.
  const leaveBehind = async (...names: string[]) => {
    const tab = await openTab();
    await tab.page.evaluate(async (left) => {
      const root = await navigator.storage.getDirectory();
      const entries = await root.getDirectoryHandle('react-artifact-download');
      for (const name of left) await entries.getFileHandle(name, { create: true });
    }, names);
    await tab.page.close();
  };
  await leaveBehind('broken-off', 'broken-off.crswap', 'handed-over', 'handed-over.copied');

  const sweeping = async (later: number) => {
    const next = await context.newPage();
    await next.clock.install({ time: Date.now() + later });
    await next.goto(page.url());
    await next.evaluate((one) => window.testHost.mount({ buttons: [{ token: one }] }), token);
    await next.locator('[data-status]').waitFor();
    await next.waitForFunction(() => document.querySelector('[data-status=checking]') === null);
    return next;
  };
  const soon = await sweeping(60_000);
  // The clock is moved more than once, for nobody tells when its timers have been set.
  const namesAfter = async (one: Page, milliseconds: number) => {
    await one.clock.runFor(milliseconds);
    return new Set((await staged(one)).map(([name]) => name));
  };
  await eventually(() => namesAfter(soon, 1_000)).toEqual(new Set([used, 'handed-over']));
  // The same page comes back to what it had to leave.
  await eventually(() => namesAfter(soon, 11 * 60_000)).toEqual(new Set([used]));
  letThrough();
  await becomes('completed');
  expect(await folder.whenSaved()).toEqual(['plan.pdf']);

  // No handle is open on it any more, and the time for the copy is over; but the button has it.
  await leaveBehind('zz-swept-last');
  const late = await sweeping(60 * 60_000);
  await eventually(() => namesAfter(late, 1_000)).toEqual(new Set([used]));
  await button.click();
  expect(await folder.whenSaved(2)).toEqual(['plan.pdf']);
});

it('S7 no room: said before the GET, or during it where the size was not known', async () => {
  const { service, visit, log } = site();
  const { mount, page } = await visit({ own: true });
  const session = await page.context().newCDPSession(page);
  const origin = new URL(page.url()).origin;
  await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 100 * MIB });
  const token = service.issue({
    fileName: 'a.zip',
    contentType: 'application/zip',
    size: LIMIT + 1,
  });
  const { button, becomes, root } = await mount({ token });
  await becomes('ready');
  await button.click();
  // Memory would be no way out: what it ends in needs the same disk.
  await eventually(() => root.textContent()).toMatch(/Not enough space.*link still works/);
  expect(await button.textContent()).not.toMatch(/anyway/);
  expect(log(token)).toEqual(['HEAD 200']);

  const other = await ofUnknownSize();
  const again = await other.page.context().newCDPSession(other.page);
  await again.send('Storage.overrideQuotaForOrigin', {
    origin: new URL(other.page.url()).origin,
    quotaSize: 2 * MIB,
  });
  const second = await other.mount({ token: other.token });
  await second.becomes('ready');
  await second.button.click();
  await second.says('failed', /Not enough space/);
  await eventually(() => staged(other.page)).toEqual([]);
  expect(await other.folder.names()).toEqual([]);
}, 60_000);

it('S2 without a worker the page writes to the disk itself', async () => {
  const { mount, page, token, folder } = await ofUnknownSize();
  await page.evaluate(() => {
    // As where a policy forbids it: there, and not to be had.
    Object.defineProperty(globalThis, 'Worker', { value: null });
  });
  const { button, becomes } = await mount({ token });
  await becomes('ready');
  await button.click();
  await becomes('completed');
  expect(await staged(page)).toEqual([[expect.any(String), BYTES.length]]);
  await folder.whenSaved();
  expect(await folder.sha256('plan.pdf')).toBe(await sha256(BYTES));
});

it('T4 where policies are listed, ours is made once for all workers of a page', async () => {
  const { faults, visit } = site();
  const { page, mount, complaints } = await visit({ origin: faults.origin, own: true });
  await page.route('/', async (route) => {
    const response = await route.fetch();
    const policy = `${response.headers()['content-security-policy']}; trusted-types react-artifact-download`;
    const headers = { ...response.headers(), 'content-security-policy': policy };
    await route.fulfill({ response, headers });
  });
  await page.reload();
  const workers: string[] = [];
  page.on('worker', (worker) => workers.push(worker.url()));
  for (const token of ['first-worker', 'second-worker']) {
    faults.script(token, {
      HEAD: reply(200, pdfHeaders(null)),
      GET: chunkedReply(pdfHeaders(null), [BYTES]),
    });
    const { button, becomes } = await mount({ token });
    await becomes('ready');
    await button.click();
    await becomes('completed');
    await eventually(() => page.workers()).toEqual([]);
  }
  expect(workers).toHaveLength(2);
  expect(complaints).toEqual([]);
});

it('S2 where the disk is denied, as in a private window, a large file asks first', async () => {
  const { service, visit, log } = site();
  const { mount, page, folder, settle } = await visit({ own: true });
  await page.evaluate(() => {
    navigator.storage.getDirectory = () =>
      Promise.reject(new DOMException('Security error when calling GetDirectory', 'SecurityError'));
  });
  const size = LIMIT + 1;
  const token = service.issue({ fileName: 'a.zip', contentType: 'application/zip', size });
  const { button, becomes, root, status } = await mount({ token });
  await becomes('ready');
  await button.dblclick();
  await eventually(() => root.textContent()).toMatch(
    /Download anyway.*only keep the file in memory/,
  );
  expect(await status.textContent()).toMatch(/in memory/);
  await settle();
  expect(log(token)).toEqual(['HEAD 200']);
  await button.click();
  await becomes('completed', 40_000);
  await folder.whenSaved();
  expect(await folder.sha256('a.zip')).toBe(await sha256(artifactBytes(size, 'a.zip')));
  expect(log(token)).toEqual(['HEAD 200', 'GET 200']);
}, 60_000);

it('S2 a chunk of 307 MB is written as it comes', async () => {
  const { service, visit } = site();
  const { mount, page, folder } = await visit({ own: true });
  const size = 307_000_000;
  const token = service.issue({ fileName: 'a.zip', contentType: 'application/zip', size });
  // As WebKit gives it. Of no engine that tests drive can it be had over a network.
  await page.evaluate(() => {
    const real = window.fetch;
    window.fetch = async (input, init) => {
      const response = await real(input, init);
      if (init?.method === 'HEAD') return response;
      const all = new Uint8Array(await response.arrayBuffer());
      return new Response(
        new ReadableStream({
          start(controller) {
            controller.enqueue(all);
            controller.close();
          },
        }),
        { headers: response.headers },
      );
    };
  });
  const { button, becomes } = await mount({ token });
  await becomes('ready');
  await button.click();
  await becomes('completed', 40_000);
  await folder.whenSaved();
  expect(await folder.sha256('a.zip')).toBe(await sha256(artifactBytes(size, 'a.zip')));
}, 60_000);

it('S1 a frame whose sandbox blocks downloads is told so before the GET', async () => {
  const { service, visit, log } = site();
  const { page } = await visit({ own: true });
  const token = service.issue({ fileName: 'a.pdf', contentType: 'application/pdf', size: 10 });
  // A page without our policy, which forbids frames.
  await page.route('**/outer', (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: '<iframe sandbox="allow-scripts allow-same-origin" src="/" width=600 height=300></iframe>',
    }),
  );
  await page.goto(`${new URL(page.url()).origin}/outer`);
  const frame = page.frames()[1];
  await frame?.waitForFunction(() => 'testHost' in window);
  await frame?.evaluate((one) => window.testHost.mount({ buttons: [{ token: one }] }), token);
  const button = page.frameLocator('iframe').getByRole('button').first();
  await eventually(() => button.textContent()).toMatch(/Download/);
  await button.click();
  await eventually(() => button.textContent()).toMatch(/Downloads are blocked here.*still works/);
  expect(log(token)).toEqual(['HEAD 200']);
});

it('two large downloads at once do not get into each other’s way', async () => {
  const { faults, visit } = site();
  const { mount, widget, folder } = await visit({ origin: faults.origin, own: true });
  const bodies = ['one', 'two'].map((name) => [name, allArtifactBytes(5 * MIB, name)] as const);
  for (const [name, bytes] of bodies) {
    faults.script(`both-${name}`, {
      HEAD: reply(200, pdfHeaders(null, `${name}.pdf`)),
      GET: chunkedReply(pdfHeaders(null, `${name}.pdf`), [bytes]),
    });
  }
  await mount(bodies.map(([name]) => ({ token: `both-${name}` })));
  for (const place of [0, 1]) await widget(place).becomes('ready');
  for (const place of [0, 1]) await widget(place).button.click();
  for (const place of [0, 1]) await widget(place).becomes('completed');
  await folder.whenSaved(2);
  for (const [name, bytes] of bodies) {
    expect(await folder.sha256(`${name}.pdf`)).toBe(await sha256(bytes));
  }
});
