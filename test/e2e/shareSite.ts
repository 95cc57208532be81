import type { Browser } from 'playwright';
import { afterAll, afterEach, beforeAll, expect, inject } from 'vitest';
import { launchBrowser } from '../browser/findBrowser.ts';
import { startArtifactSite, type ArtifactSite } from './artifactSite.ts';
import { startFaultServer, type FaultServer } from './faultServer.ts';
import { createPageServer } from './testPage.ts';
import { openVisit, type Visit, type VisitOptions } from './visit.ts';

/** What a file's tests share: one browser and one server of each kind. */
export interface Site extends Omit<ArtifactSite, 'close'> {
  readonly faults: FaultServer;
  /**
   * Opens the test page, on the artifact site unless told otherwise, until the end of the test.
   * A later test may get the same tab, newly loaded: opening one costs more than most tests. `own`:
   * a tab that nobody gets afterwards, for tests that change it (listeners, clock, network).
   */
  visit(options?: Partial<VisitOptions> & { own?: boolean }): Promise<Visit>;
}

/**
 * Call it once, at the top of a file. After each test it expects of every page that it kept to its
 * Content-Security-Policy (T4) and left no error uncaught.
 */
export function shareSite(): () => Site {
  let site: Site;
  let browser: Browser;
  let artifacts: ArtifactSite;
  let faults: FaultServer;
  const idle = new Map<string, Visit[]>();
  const open: { readonly visit: Visit; readonly reuse: Visit[] | null }[] = [];

  beforeAll(async () => {
    browser = await launchBrowser({ executablePath: inject('browserPath') });
    artifacts = await startArtifactSite();
    faults = await startFaultServer(createPageServer());
    site = {
      ...artifacts,
      faults,
      async visit({ own = false, ...rest } = {}) {
        const options = { origin: artifacts.origin, ...rest };
        const key = JSON.stringify(options);
        const alike = idle.get(key) ?? [];
        idle.set(key, alike);
        const left = own ? undefined : alike.pop();
        await left?.startOver();
        const visit = left ?? (await openVisit(browser, options));
        open.push({ visit, reuse: own ? null : alike });
        return visit;
      },
    };
  });
  afterEach(async ({ task }) => {
    const over = open.splice(0);
    const complaints = over.flatMap(({ visit }) => visit.complaints.splice(0));
    const isFine = task.result?.state !== 'fail' && complaints.length === 0;
    for (const { visit, reuse } of over) {
      if (isFine && reuse && !visit.page.isClosed()) reuse.push(visit);
      else await visit.leave();
    }
    expect(complaints).toEqual([]);
  });
  afterAll(async () => {
    await Promise.all([...idle.values()].flat().map((visit) => visit.leave()));
    await browser?.close();
    await Promise.all([artifacts?.close(), faults?.close()]);
  });
  return () => site;
}
