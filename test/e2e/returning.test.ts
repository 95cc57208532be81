import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { launchBrowser } from '../browser/findBrowser.ts';
import { startArtifactSite, type ArtifactSite } from './artifactSite.ts';
import { eventually } from './eventually.ts';
import type { RawReply } from './faultServer.ts';
import { gatedReply, pdfHeaders, reply } from './rawReplies.ts';
import { shareSite } from './shareSite.ts';
import { openVisit, type Visit } from './visit.ts';
import { WORDS, widgetOn } from './widget.ts';

const site = shareSite();
const PDF = { fileName: 'plan.pdf', contentType: 'application/pdf', size: 50_000 };
const gets = (requests: readonly string[]) => requests.filter((entry) => entry.startsWith('GET'));

describe('E8 back/forward cache', () => {
  let browser: Browser;
  let artifacts: ArtifactSite;
  beforeAll(async () => {
    browser = await launchBrowser({
      executablePath: inject('browserPath'),
      // Playwright turns it off, for pages that come back unloaded upset its waiting.
      ignoreDefaultArgs: ['--disable-back-forward-cache'],
    });
    artifacts = await startArtifactSite();
  });
  afterAll(async () => {
    await browser?.close();
    await artifacts?.close();
  });

  /** Leaves the page, lets something happen, and comes back to the very same document. */
  async function awayAndBack(page: Page, meanwhile: () => unknown): Promise<string | null> {
    await page.evaluate(() => {
      const kept = { isKept: false, shown: null as string | null };
      Object.assign(window, { kept });
      addEventListener('pageshow', ({ persisted }) => {
        kept.isKept = persisted;
        // As soon as anything can be seen.
        requestAnimationFrame(() => {
          kept.shown =
            document.querySelector('.artifact-download')?.getAttribute('data-status') ?? null;
        });
      });
    });
    await page.goto(`${artifacts.origin}/development/`);
    await meanwhile();
    // Not `goBack`: it waits for what a page from the cache does not do.
    await page.evaluate(() => setTimeout(() => history.back()));
    const kept = () =>
      page.evaluate(
        () => (window as unknown as { kept?: { isKept: boolean; shown: string | null } }).kept,
      );
    await eventually(async () => (await kept())?.isKept).toBe(true);
    await eventually(async () => (await kept())?.shown).toBeTruthy();
    return (await kept())?.shown ?? null;
  }

  async function withVisit(test: (visit: Visit) => Promise<void>): Promise<void> {
    const visit = await openVisit(browser, { origin: artifacts.origin });
    try {
      await test(visit);
    } finally {
      await visit.leave();
    }
  }

  it.each([true, false])(
    'E8 what was ready is in question, and asked for (recheck on focus: %s)',
    async (onFocus) => {
      await withVisit(async ({ mount, page }) => {
        const { service } = artifacts;
        const token = service.issue(PDF);
        const { becomes } = await mount({ token, recheck: { onFocus } });
        await becomes('ready');
        artifacts.setLine(token, { latency: 1_000 });
        const shown = await awayAndBack(page, () => service.consume(token));
        expect(shown).toBe('checking');
        await widgetOn(page).says('expired', WORDS.dead);
        expect(gets(artifacts.log(token))).toEqual([]);
      });
    },
  );

  it('E8 the same where tabs can’t be kept apart', async () => {
    await withVisit(async ({ openTab }) => {
      const { page, mount } = await openTab(() => {
        Object.defineProperty(navigator, 'locks', { value: undefined });
      });
      const token = artifacts.service.issue(PDF);
      const { becomes } = await mount({ token, recheck: { onFocus: false } });
      await becomes('ready');
      artifacts.setLine(token, { latency: 1_000 });
      expect(await awayAndBack(page, () => artifacts.service.consume(token))).toBe('checking');
      await widgetOn(page).says('expired', WORDS.dead);
    });
  });

  it('E8 what is alive is ready again, and can be downloaded', async () => {
    await withVisit(async ({ mount, page, folder }) => {
      const token = artifacts.service.issue(PDF);
      const { becomes } = await mount({ token });
      await becomes('ready');
      await awayAndBack(page, () => {});
      const { button, becomes: nowBecomes } = widgetOn(page);
      await nowBecomes('ready');
      await button.click();
      await nowBecomes('completed');
      expect(await folder.whenSaved()).toEqual(['plan.pdf']);
      expect(gets(artifacts.log(token))).toEqual(['GET 200']);
    });
  });

  it('E6 what is completed stays so, and asks nothing', async () => {
    await withVisit(async ({ mount, page, settle, folder }) => {
      const token = artifacts.service.issue(PDF);
      const { button, becomes } = await mount({ token });
      await becomes('ready');
      await button.click();
      await becomes('completed');
      await folder.whenSaved();
      expect(await awayAndBack(page, () => {})).toBe('completed');
      await settle();
      expect(artifacts.log(token)).toEqual(['HEAD 200', 'GET 200']);
    });
  });

  it('E5 E8 what another tab has downloaded meanwhile is told', async () => {
    await withVisit(async ({ mount, page, openTab, folder }) => {
      const token = artifacts.service.issue(PDF);
      const { becomes } = await mount({ token });
      await becomes('ready');
      const tab = await openTab();
      const there = await tab.mount({ token });
      await there.becomes('ready');
      // A message to a page in the cache may have the browser throw it out, so it is not waited for.
      await page.goto(`${artifacts.origin}/development/`);
      await there.button.click();
      await there.becomes('completed');
      await folder.whenSaved();
      // Not `goBack`: it waits for what a page from the cache does not do.
      await page.evaluate(() => setTimeout(() => history.back()));
      await page.waitForFunction(() => 'testHost' in window);
      if ((await page.locator('.artifact-download').count()) === 0) await mount({ token });
      await widgetOn(page).says('expired', WORDS.downloadedElsewhere);
      expect(gets(artifacts.log(token))).toEqual(['GET 200']);
    });
  });
});

/** At which point of a download the user leaves. */
const PHASES = ['ready', 'requesting', 'receiving', 'completed'] as const;

describe.each(PHASES)('leaving while %s', (phase) => {
  /** A server that holds the GET where the phase wants it. */
  function script(token: string): void {
    const { faults } = site();
    const never = new Promise<void>(() => {});
    const held: Record<(typeof PHASES)[number], RawReply> = {
      ready: reply(200, pdfHeaders(4), 'data'),
      requesting: () => {},
      receiving: gatedReply(pdfHeaders(4), 'da', never, 'ta'),
      completed: reply(200, pdfHeaders(4), 'data'),
    };
    faults.script(token, {
      HEAD: (socket) => {
        const isSpent = gets(faults.log(token)).length > 0;
        return reply(isSpent ? 410 : 200, pdfHeaders(4))(socket);
      },
      GET: held[phase],
    });
  }

  async function reach(visit: Visit, token: string): Promise<void> {
    const { button, becomes, root } = await visit.mount({ token });
    await becomes('ready');
    if (phase === 'ready') return;
    await button.click();
    if (phase === 'completed') return becomes('completed');
    await eventually(() => root.getAttribute('data-phase')).toBe(phase);
    await eventually(() => site().faults.log(token)).toContain('GET');
  }

  it('E8 E1 a reload asks, and sends no GET', async () => {
    const { faults, visit } = site();
    const opened = await visit({ origin: faults.origin, own: true });
    const token = `reloaded-while-${phase}`;
    script(token);
    await reach(opened, token);
    const before = gets(faults.log(token)).length;
    opened.page.on('dialog', (dialog) => void dialog.accept());
    await opened.page.reload();
    const { says, becomes } = await opened.mount({ token });
    if (phase === 'ready') await becomes('ready');
    else await says('expired', WORDS.dead);
    await opened.settle();
    expect(gets(faults.log(token))).toHaveLength(before);
  });

  it('E5 E10 a closed tab leaves another one with the truth, and no second GET', async () => {
    const { faults, visit } = site();
    const opened = await visit({ origin: faults.origin, own: true });
    const token = `closed-while-${phase}`;
    script(token);
    const other = await opened.openTab();
    const there = await other.mount({ token });
    await there.becomes('ready');
    await reach(opened, token);
    const before = gets(faults.log(token)).length;
    await opened.page.close();
    if (phase === 'ready') await there.becomes('ready');
    else if (phase === 'completed') await there.says('expired', WORDS.downloadedElsewhere);
    else await there.says('expired', WORDS.dead);
    expect(gets(faults.log(token))).toHaveLength(before);
  });
});
