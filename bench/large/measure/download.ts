import { join } from 'node:path';
import { firstWrongBlock } from '../server/content.ts';
import { FILE_NAME, type Observed } from '../server/messages.ts';
import { backMemory } from './backMemory.ts';
import { contentInWords, whenSaved } from './downloadsFolder.ts';
import { visit, type VisitOptions } from './visit.ts';
import { watchMemory } from './watchMemory.ts';

const TELL_TIMEOUT = 10_000;

/** What one download came to. */
export interface DownloadResult {
  /** Milliseconds from the click to the complete file; `null`: there was none in time. */
  readonly time: number | null;
  /** Bytes by which the browser grew at most, over what it had right before the click. */
  readonly growth: number | null;
  /** `null` when the page did not answer any more. */
  readonly observed: Observed | null;
  /** What went wrong, in the page's or our words. */
  readonly failure: string | null;
}

/** Clicks and waits for the file, `timeout` milliseconds at most, and reads it to the last byte. */
export async function measureDownload(
  options: VisitOptions,
  { timeout, backsMemory }: { readonly timeout: number; readonly backsMemory: boolean },
): Promise<DownloadResult> {
  const { server, size, bytesPerSecond } = options;
  try {
    return await visit(options, async ({ browser, token, downloads }) => {
      // The file twice in the system's cache, and some for what else goes on.
      const freeMemory = await backMemory(backsMemory ? size * 3 : 0);
      const memory = watchMemory(browser.pid);
      let before: number | null = null;
      let failure: string | null = null;
      const givenUp = new AbortController();
      const stopHearing = server.onFailure((message) => {
        failure ??= message;
        // It will hardly save anything now, but a moment it gets.
        setTimeout(() => givenUp.abort(), 5_000).unref();
      });
      let savedAt: number | null = null;
      let highest: number | null = null;
      try {
        // On a slow line it would have gone back to the host before it is needed.
        if (bytesPerSecond === null) await freeMemory();
        else void server.whenSent(token, size * 0.9, timeout).then(freeMemory, () => {});
        before = await memory.atRest();
        await browser.click('#root :is(a, button)');
        const patience = AbortSignal.timeout(Math.round(timeout));
        const either = AbortSignal.any([patience, givenUp.signal]);
        savedAt = await whenSaved(downloads, FILE_NAME, size, either);
      } finally {
        highest = await memory.stop();
        stopHearing();
        await freeMemory();
      }
      const observing = server.report('observed', TELL_TIMEOUT);
      server.order({ do: 'tell' });
      const observed = await observing.catch(() => null);
      const growth = highest === null || before === null ? null : highest - before;
      if (savedAt === null) {
        const why = failure ?? (observed === null ? 'the page hung or crashed' : 'silently');
        const left = await contentInWords(downloads);
        return { time: null, growth, observed, failure: `${why}; ${left}` };
      }
      const wrong = await firstWrongBlock(join(downloads, FILE_NAME), size);
      const time = savedAt - (observed?.clicks[0] ?? Number.NaN);
      return wrong === null
        ? { time, growth, observed, failure }
        : { time: null, growth, observed, failure: `wrong bytes in MiB ${wrong}` };
    });
  } catch (error) {
    const failure = error instanceof Error ? error.message : String(error);
    return { time: null, growth: null, observed: null, failure };
  }
}
