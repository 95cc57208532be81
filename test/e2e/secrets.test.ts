import { describe, expect, it } from 'vitest';
import { createArtifactService } from '../../src/testing/index.ts';
import { startArtifactSite } from './artifactSite.ts';
import { cutReply, pdfHeaders, reply, tear } from './rawReplies.ts';
import { shareSite } from './shareSite.ts';
import type { Visit } from './visit.ts';
import { WORDS } from './widget.ts';

const site = shareSite();
const PDF = { fileName: 'Plan Ä.pdf', contentType: 'application/pdf', size: 30_000 };
const ENDPOINT = '/api/open/v1/artifact-downloads';

/** Everywhere that a secret could have been left behind. */
async function traces({ page, consoleLines, complaints }: Visit): Promise<string> {
  const inPage = await page.evaluate(async () => {
    const { broadcasts, callbacks, dehydrated, globalStrings } = window.testHost;
    const files: string[] = [];
    for await (const name of (await navigator.storage.getDirectory()).keys()) files.push(name);
    return {
      html: document.documentElement.outerHTML,
      title: document.title,
      address: location.href,
      history: JSON.stringify(history.state),
      cookies: document.cookie,
      storage: JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage)]),
      databases: JSON.stringify(await indexedDB.databases()),
      caches: await caches.keys(),
      locks: JSON.stringify(await navigator.locks.query()),
      files,
      windowName: window.name,
      callbacks: callbacks(),
      dehydrated: dehydrated(),
      globals: globalStrings(),
      broadcasts: broadcasts(),
    };
  });
  expect(inPage.callbacks).toContain('onStatusChange');
  expect(inPage.globals.join()).toContain('react-artifact-download');
  expect(inPage.broadcasts).toContain('hello');
  return JSON.stringify([inPage, consoleLines, complaints]);
}

describe('T1 the token is in request URLs and nowhere else', () => {
  // A part that must be encoded in a URL shows whether both forms are kept out.
  // Neither part is hexadecimal, or short: random ids are among what is searched.
  const CANARY = 'canary/vogelvlucht ü';
  const TRACE = /canary|vogelvlucht/i;

  it.each(['none', 'hostile'] as const)('T1 a download that completes (%s)', async (client) => {
    const { service, visit, log, setLine } = site();
    const visitor = await visit();
    const token = service.issue({ ...PDF, token: `${CANARY} ${client}` });
    setLine(token, { bytesPerSecond: 60_000 });
    const { button, becomes } = await visitor.mount({ token }, { client });
    await becomes('ready');
    expect(await traces(visitor)).not.toMatch(TRACE);
    await button.click();
    await becomes('downloading');
    expect(await traces(visitor)).not.toMatch(TRACE);
    await becomes('completed');
    expect(await visitor.folder.whenSaved()).toEqual([PDF.fileName]);
    expect(await traces(visitor)).not.toMatch(TRACE);
    expect(log(token)).toEqual(['HEAD 200', 'GET 200']);
  });

  it.each([
    ['a death midway', cutReply(pdfHeaders(30_000), 'part', tear)],
    ['a death before the headers', tear],
    ['an unexpected answer', reply(204)],
    ['a refusal', reply(410)],
    ['a server that is busy', reply(500, {}, 'canary')],
  ])('T1 a download that fails: %s', async (title, GET) => {
    const { faults, visit } = site();
    const visitor = await visit({ origin: faults.origin });
    const token = `${CANARY} ${title}`;
    const HEAD = [reply(200, pdfHeaders(30_000)), reply(410)];
    faults.script(token, { HEAD, GET });
    const { root, button, becomes } = await visitor.mount({ token }, { client: 'hostile' });
    await becomes('ready');
    await button.click();
    await root.and(visitor.page.locator('[data-status=failed], [data-status=expired]')).waitFor();
    await visitor.settle();
    expect(await traces(visitor)).not.toMatch(TRACE);
    expect(await visitor.folder.names()).toEqual([]);
  });

  it('T1 a dead token, renewed while another tab watches', async () => {
    const { service, visit, log } = site();
    const visitor = await visit();
    const token = service.issue({ ...PDF, token: `${CANARY} renewed` });
    const fresh = service.issue({ ...PDF, token: `${CANARY} fresh` });
    const { button, becomes } = await visitor.mount(
      { token, renewed: { token: fresh } },
      { client: 'hostile' },
    );
    await becomes('ready');
    const other = await visitor.openTab();
    const there = await other.mount({ token: fresh });
    await there.becomes('ready');
    service.consume(token);
    await button.click();
    await becomes('completed');
    await there.says('expired', WORDS.downloadedElsewhere);
    expect(await visitor.folder.whenSaved()).toEqual([PDF.fileName]);
    expect(await traces(visitor)).not.toMatch(TRACE);
    expect(await traces({ ...visitor, page: other.page })).not.toMatch(TRACE);
    expect(log(token)).toEqual(['HEAD 200', 'GET 410']);
    expect(log(fresh).filter((entry) => entry.startsWith('GET'))).toEqual(['GET 200']);
  });

  it('T1 T3 a token that cannot stand in a URL is not sent, and not repeated', async () => {
    const { visit, received } = site();
    const visitor = await visit();
    for (const token of ['.', '..', '', 'canary \uD800']) {
      const before = received.length;
      const { says } = await visitor.mount({ token });
      await says('expired', WORDS.malformed);
      const urls = received.slice(before).map(({ url }) => url);
      expect(urls.filter((url) => url.startsWith('/api'))).toEqual([]);
    }
    expect(await visitor.page.content()).not.toMatch(TRACE);
    expect(visitor.consoleLines.join()).not.toMatch(TRACE);
    expect(visitor.sent).toEqual([]);
  });

  it.each(['a/b?c#d', '%2e%2e', '%', 'ä 図 🏗️', '+&=;', "'", 'x'.repeat(500)])(
    'T3 a token of any characters arrives as it was issued: %s',
    async (token) => {
      const { service, visit, log } = site();
      const { mount, folder } = await visit();
      service.issue({ ...PDF, token });
      const { button, becomes } = await mount({ token });
      await becomes('ready');
      await button.click();
      await becomes('completed');
      expect(await folder.whenSaved()).toEqual([PDF.fileName]);
      expect(log(token)).toEqual(['HEAD 200', 'GET 200']);
    },
  );
});

describe('T2 what requests carry', () => {
  const UNWANTED = [
    'Cookie',
    'Authorization',
    'Referer',
    'Range',
    'If-None-Match',
    'If-Modified-Since',
  ];

  it('T2 same origin: no cookie, no referrer, no credentials, no range, nothing stored', async () => {
    const { service, visit, received } = site();
    const { mount, context, page } = await visit();
    await page.reload();
    expect(await context.cookies()).toHaveLength(1);
    const token = service.issue({ ...PDF, token: 'what-is-carried' });
    const { button, becomes } = await mount({ token });
    await becomes('ready');
    await button.click();
    await becomes('completed');

    const requests = received.filter(({ url }) => url === `${ENDPOINT}/${token}`);
    expect(requests.map(({ method }) => method)).toEqual(['HEAD', 'GET']);
    for (const { headers } of requests) {
      expect([...headers.keys()]).toEqual(
        expect.not.arrayContaining(UNWANTED.map((name) => name.toLowerCase())),
      );
      for (const name of UNWANTED) expect(headers.get(name), name).toBeNull();
      expect(headers.get('Cache-Control')).toBe('no-cache');
    }
    // The same page's own request shows that there was something to be left out.
    const own = received.findLast(({ url }) => url.endsWith('.css'));
    expect(own?.headers.get('Referer')).not.toBeNull();
    expect(own?.headers.get('Cookie')).not.toBeNull();
  });
});

describe('another origin', () => {
  it.each<[string, string[] | undefined, string]>([
    ['headers exposed: the server’s name', undefined, 'Plan Ä.pdf'],
    ['nothing exposed: a name with the type’s ending', [], 'download.pdf'],
  ])('T2 %s', async (_, expose, fileName) => {
    const { origin, visit } = site();
    const service = createArtifactService();
    const cors = { origin, ...(expose ? { expose } : {}) };
    const other = await startArtifactSite({ service, cors });
    try {
      const { mount, folder, settle } = await visit({ connectTo: other.origin });
      const token = service.issue(PDF);
      const { root, button, becomes, says } = await mount({
        token,
        endpoint: other.origin + ENDPOINT,
      });
      await becomes('ready');
      expect(await root.locator('bdi').textContent()).toBe(fileName);
      expect(await button.innerText()).toMatch(/PDF · 30 kB/);
      await button.click();
      await says('completed', WORDS.sent);
      expect(await folder.whenSaved()).toEqual([fileName]);
      await settle();
      expect(other.log(token)).toEqual(['HEAD 200', 'GET 200']);
      // No preflight: our requests are simple ones.
      expect(other.received.map(({ method }) => method)).toEqual(['HEAD', 'GET']);
      for (const { headers } of other.received) {
        for (const name of ['Cookie', 'Authorization', 'Referer', 'Range']) {
          expect(headers.get(name), name).toBeNull();
        }
      }
    } finally {
      await other.close();
    }
  });

  it('CORS refused: unreachable, and no GET is offered', async () => {
    const { visit } = site();
    const service = createArtifactService();
    const other = await startArtifactSite({ service });
    try {
      const { mount, sent } = await visit({ connectTo: other.origin });
      const token = service.issue(PDF);
      const { says } = await mount({ token, endpoint: other.origin + ENDPOINT });
      await says('unreachable', WORDS.unreachable);
      expect(sent).not.toContain('GET');
      expect(service.status(token)).toBe('fresh');
    } finally {
      await other.close();
    }
  });
});

describe('T4 the page’s policy', () => {
  it('T4 is in force: what breaks it is noticed', async () => {
    const { visit } = site();
    const visitor = await visit();
    const message = await visitor.page.evaluate(() => {
      document.body.insertAdjacentElement('beforeend', document.createElement('p'));
      document.querySelector('p')?.setAttribute('style', 'color: red');
      try {
        document.body.insertAdjacentHTML('beforeend', '<b>');
        return '';
      } catch (error) {
        return String(error);
      }
    });
    expect(message).toMatch(/TrustedHTML/);
    await visitor.settle();
    const complaints = visitor.complaints.splice(0).join('\n');
    expect(complaints).toMatch(/style-src/);
    expect(complaints).toMatch(/require-trusted-types-for/);
  });
});
