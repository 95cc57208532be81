import { readdir } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Observed } from '../server/messages.ts';
import { visit, type VisitOptions } from './visit.ts';

const TIMEOUT = 60_000;
/** Milliseconds that a page has to remove what it had stored. */
const CLEAN_UP = 5_000;
/** Bytes that a browser may count for an origin that stores no file. */
const NOTHING = 2 ** 20;

/** What one cancel came to. */
export interface CancelResult {
  /** Milliseconds from the click on Cancel until the server saw its connection closed. */
  readonly time: number | null;
  /** Names in the downloads folder afterwards. */
  readonly leftFiles: readonly string[];
  /** Bytes of the origin that were left, as the browser estimates. */
  readonly leftBytes: number | null;
  readonly failure: string | null;
}

/** Cancels a download when a quarter of the file is sent. */
export async function measureCancel(options: VisitOptions): Promise<CancelResult> {
  const { server, size } = options;
  const observe = async (): Promise<Observed> => {
    const observing = server.report('observed', TIMEOUT);
    server.order({ do: 'tell' });
    return observing;
  };
  try {
    return await visit(options, async ({ browser, token, downloads }) => {
      const before = await observe();
      const [cut] = await Promise.all([
        server.whenCut(token, TIMEOUT),
        (async () => {
          const sent = server.whenSent(token, size / 4, TIMEOUT);
          await browser.click('#root button');
          await sent;
          await browser.click('.artifact-download-cancel');
        })(),
      ]);
      const end = performance.now() + CLEAN_UP;
      let after = await observe();
      while (after.storedBytes > before.storedBytes + NOTHING && performance.now() < end) {
        await sleep(100);
        after = await observe();
      }
      return {
        time: cut - (after.clicks[1] ?? Number.NaN),
        leftFiles: await readdir(downloads),
        leftBytes: Math.max(0, after.storedBytes - before.storedBytes),
        failure: null,
      };
    });
  } catch (error) {
    const failure = error instanceof Error ? error.message : String(error);
    return { time: null, leftFiles: [], leftBytes: null, failure };
  }
}
