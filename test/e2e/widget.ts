import type { Locator, Page } from 'playwright';
import { eventually } from './eventually.ts';
import type { ArtifactDownloadStatus } from '../../src/index.ts';

/** One download button with its parts, as a user finds them. */
export interface Widget {
  readonly root: Locator;
  readonly button: Locator;
  readonly cancel: Locator;
  readonly progress: Locator;
  /** The live region. */
  readonly status: Locator;
  /** Waits until the widget shows this status. */
  becomes(status: ArtifactDownloadStatus, timeout?: number): Promise<void>;
  /** Waits until the widget shows this status, and until the live region says these words. */
  says(status: ArtifactDownloadStatus, words: RegExp): Promise<void>;
}

/** The widget at a place on the page, counted from 0. */
export function widgetOn(page: Page, place = 0): Widget {
  const root = page.locator('.artifact-download').nth(place);
  const status = root.getByRole('status');
  const shown = () => root.getAttribute('data-status');
  return {
    root,
    button: root.getByRole('button').first(),
    cancel: root.getByRole('button', { name: /^Cancel/ }),
    progress: root.getByRole('progressbar'),
    status,
    becomes: (wanted, timeout) => eventually(shown, timeout).toBe(wanted),
    async says(wanted, words) {
      await eventually(shown).toBe(wanted);
      await eventually(() => status.textContent()).toMatch(words);
    },
  };
}

/**
 * What the live region has to say, by the words that carry the meaning; how the rest is put is the
 * business of the labels' own tests.
 */
export const WORDS = {
  sent: /Sent to your browser/,
  dead: /no longer works/,
  canceled: /canceled.*used up/i,
  stillWorks: /^(?!.*cancel).*still works/i,
  canceledStillWorks: /canceled.*still works/i,
  offline: /offline/,
  failed: /failed/,
  lost: /failed.*connection was lost/,
  incomplete: /failed.*only a part/i,
  unexpected: /unexpected answer/,
  unreachable: /can’t be reached/,
  stalled: /stopped answering/,
  unknown: /still works is not known/,
  elsewhere: /Downloading in another tab/,
  downloadedElsewhere: /Downloaded in another tab/,
  lapsed: /expired/,
  malformed: /not valid/,
} as const;
