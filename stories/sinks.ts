import { HeldBytesError, type DownloadSink } from '../src/index.ts';

/*
 * Destinations that keep nothing, so that looking at a story fills nobody's downloads folder. Each
 * one brings a button to a state by the public `sink` prop alone.
 */

/** Takes every byte and is closed: "Saved". */
export const nowhere: DownloadSink = {
  open: () => ({ writable: new WritableStream() }),
};

/** Hands the bytes on, and could do so again, as the browser's downloads do. */
export const elsewhere: DownloadSink = {
  open: () => ({
    writable: new WritableStream(),
    deliver: () => ({ delivery: 'handed-over', saveAgain() {} }),
  }),
};

/** A dialog that nobody answers. */
export const undecided: DownloadSink = {
  open: () => new Promise(() => {}),
};

/** A disk that never comes to an end. */
export const endless: DownloadSink = {
  open: () => ({ writable: new WritableStream({ close: () => new Promise(() => {}) }) }),
};

/** A disk that turns out to be full when the file is closed. */
export const full: DownloadSink = {
  open: () => ({
    writable: new WritableStream({
      close() {
        throw new DOMException('The disk is full.', 'QuotaExceededError');
      },
    }),
  }),
};

/** Holds every byte, and can hand them over at the second try only. */
export const reluctant: DownloadSink = {
  open: () => ({
    writable: new WritableStream(),
    deliver() {
      throw new HeldBytesError(() => {}, { cause: new Error('The hand-over was refused.') });
    },
  }),
};
