import { server } from 'vitest/browser';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { states } from '../../stories/states.ts';
import { fontsOfMatrix, openMatrix, rowAlone, setPage, type PageLook } from './matrixPage.ts';

interface View extends PageLook {
  readonly rows: readonly string[];
}

const everyState = Object.keys(states);

/** A state for each look. The others differ from these in their words, which two views show. */
const everyLook = [
  'preparing',
  'ready',
  'unreachableOffline',
  'expiredAtTheClick',
  'requesting',
  'receiving',
  'receivingUnknownSize',
  'completedSaved',
  'completedHandedOver',
  'failedToHandOver',
  'failedInterrupted',
] satisfies (keyof typeof states)[];

const dark = { 'prefers-color-scheme': 'dark' };
const forced = { 'forced-colors': 'active' };

/** By the folder of their pictures. */
const views: Readonly<Record<string, View>> = {
  'light-page': { rows: everyState },
  'right-to-left': { rows: everyState, dir: 'rtl' },
  'dark-page': { rows: everyLook, colorScheme: 'light dark', media: dark },
  'forced-colors': { rows: everyLook, media: forced },
  'forced-colors-dark': { rows: everyLook, media: { ...forced, ...dark } },
};

/** Each system draws letters in its own way; one set of pictures is what we keep. */
const isKept = server.platform === 'linux';

describe('the state matrix', () => {
  beforeAll(async () => {
    if (isKept) await openMatrix();
    else console.warn(`Skipped: the pictures are Linux’s, and this is ${server.platform}.`);
  });

  beforeEach(({ skip }) => skip(!isKept));

  it.for(Object.entries(views))('A looks as before: %s', async ([name, { rows, ...look }]) => {
    await setPage(look);
    for (const state of rows) {
      // Softly, so that one run tells of every row that has changed.
      await expect.soft(rowAlone(state)).toMatchScreenshot(`${name}/${state}`);
    }
  });

  it('has no picture that nothing is compared with', () => {
    const compared = Object.entries(views).flatMap(([name, { rows }]) =>
      rows.map((state) => `./baselines/${name}/${state}.png`),
    );
    const kept = Object.keys(import.meta.glob('./baselines/**'));
    expect(kept.filter((path) => !compared.includes(path))).toEqual([]);
  });

  it('is drawn in the pinned font, without help of the machine’s', async () => {
    await setPage({});
    expect(await fontsOfMatrix()).toEqual(['Inter']);
  });
});
