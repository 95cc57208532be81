import { afterAll, afterEach, beforeAll, describe, inject } from 'vitest';
import type { ButtonSetup } from '../e2e/app/testHost.ts';
import { startArtifactSite, type ArtifactSite } from '../e2e/artifactSite.ts';
import { startFaultServer, type FaultServer } from '../e2e/faultServer.ts';
import { pdfHeaders, reply } from '../e2e/rawReplies.ts';
import { createPageServer } from '../e2e/testPage.ts';
import type { Engine, EnginePage, StartEngine } from './Engine.ts';
import type { EngineName } from './findEngines.ts';
import { savedFilesIn, type SavedFiles } from './savedFiles.ts';
import { showButton, type ShownButton } from './shownButton.ts';

/** What the tests of one engine share. */
export interface EngineSite {
  readonly artifacts: ArtifactSite;
  readonly faults: FaultServer;
  readonly files: SavedFiles;
  /**
   * Shows a button on the test page of one of the two servers, in a window that no other button of
   * this test has. A later test may get the same window: opening one costs more than most tests.
   */
  show(server: 'artifacts' | 'faults', setup: ButtonSetup): Promise<ShownButton>;
  /**
   * Expects that a page has saved nothing so far. Instead of waiting for what must not come, it saves
   * one more file from the fault server: whatever was begun before would lie there beside it.
   */
  expectNothingSaved(page: EnginePage): Promise<void>;
}

/** Tests of one engine: each suite adds its own. */
export function describeEngine(
  name: EngineName,
  start: StartEngine,
  suites: readonly ((site: () => EngineSite, engine: EngineName) => void)[],
): void {
  const found = inject('engines')[name];
  const missing = 'missing' in found ? found.missing : null;
  const title = missing === null ? name : `${name}: ${missing}`;
  // Debian alone has a WebKit that can be driven; the others can be had anywhere.
  const mayMiss = name === 'WebKit' || process.env['CI'] !== 'true';

  // oxlint-disable-next-line vitest/valid-title -- a string, which the rule cannot tell
  describe.skipIf(missing !== null && mayMiss)(title, () => {
    let site: EngineSite;
    let engine: Engine;
    const idle = { artifacts: [] as EnginePage[], faults: [] as EnginePage[] };
    let witnesses = 0;
    const inUse: { readonly page: EnginePage; readonly reuse: EnginePage[] }[] = [];

    beforeAll(async () => {
      if ('missing' in found) throw new Error(`No ${name} to test with: ${found.missing}`);
      engine = await start(found.path);
      const artifacts = await startArtifactSite();
      const faults = await startFaultServer(createPageServer());
      const files = savedFilesIn(engine.downloads);
      site = {
        artifacts,
        faults,
        files,
        async show(server, setup) {
          const reuse = idle[server];
          const page = reuse.pop() ?? (await engine.open(`${site[server].origin}/`));
          inUse.push({ page, reuse });
          return showButton(page, setup);
        },
        async expectNothingSaved(page) {
          witnesses += 1;
          const witness = `afterwards-${witnesses}`;
          const whole = reply(200, pdfHeaders(4, 'proof.pdf'), 'data');
          faults.script(witness, {
            HEAD: reply(200, pdfHeaders(4, 'proof.pdf')),
            GET: whole,
          });
          const button = await showButton(page, { token: witness });
          await button.becomes('ready');
          await button.click();
          await files.become({ 'proof.pdf': 4 });
        },
      };
    });
    afterEach(async ({ task }) => {
      // A window of WebKit's that another one has covered stays “checking” when it is used again.
      const mayReuse = task.result?.state !== 'fail' && name !== 'WebKit';
      for (const { page, reuse } of inUse.splice(0)) {
        if (mayReuse) reuse.push(page);
        else await page.close();
      }
      await site.files.empty();
    });
    afterAll(async () => {
      await engine?.close();
      await Promise.all([site?.artifacts.close(), site?.faults.close()]);
    });

    for (const suite of suites) suite(() => site, name);
  });
}

/** The GETs among a log's entries. */
export const gets = (log: readonly string[]): string[] =>
  log.filter((entry) => entry.startsWith('GET'));
