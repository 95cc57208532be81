import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserSetup, Engine, RunningBrowser } from '../engines/engine.ts';
import type { FileServer } from '../server/startServer.ts';

const READY_TIMEOUT = 30_000;

/** What to open: one way, for one file. */
export interface VisitOptions {
  readonly engine: Engine;
  readonly server: FileServer;
  readonly way: string;
  readonly size: number;
  readonly bytesPerSecond: number | null;
}

/** A page that shows one way's button, ready to be clicked. */
export interface Visit {
  readonly browser: RunningBrowser;
  readonly token: string;
  /** Where the browser saves. */
  readonly downloads: string;
}

/** Opens a way's page in a browser of its own, with a new profile, and removes both afterwards. */
export async function visit<Result>(
  { engine, server, way, size, bytesPerSecond }: VisitOptions,
  run: (visit: Visit) => Promise<Result>,
): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'large-bench-'));
  const downloads = await mkdtemp(join(folder, 'downloads-'));
  const token = server.issue(size, bytesPerSecond);
  const query = new URLSearchParams({ way, token, size: String(size) });
  const setup: BrowserSetup = {
    url: `${server.origin}/?${query}`,
    profile: await mkdtemp(join(folder, 'profile-')),
    downloads,
    clickByScript: (selector) => server.order({ do: 'click', selector }),
  };
  try {
    const ready = server.report('ready', READY_TIMEOUT);
    // Awaited below, when the browser is there; until then its failure is nobody's.
    ready.catch(() => {});
    const browser = await engine.start(setup);
    try {
      await ready;
      return await run({ browser, token, downloads });
    } finally {
      await browser.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
