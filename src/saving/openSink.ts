import { isErrorLike } from '../protocol/withoutToken.ts';
import { downloadsAreBlocked, downloadsMayBeDropped } from './downloadsAreBlocked.ts';
import type { DownloadSink, SinkDestination, SinkFile } from './DownloadSink.ts';
import { memorySink } from './memorySink.ts';
import { canPick, pickerSink } from './pickerSink.ts';

/**
 * Where to save. `auto` and `downloads`: the browser's downloads folder, by way of memory for small
 * files and of the disk for others; `picker`: where the user says, in browsers that let a page ask;
 * `browser`: the browser's downloads folder by the browser alone, without progress or check; an
 * object is the app's own {@link DownloadSink}.
 */
export type SinkChoice = 'auto' | 'downloads' | 'picker' | 'browser' | DownloadSink;

/**
 * What the user has to know, and accept, before the token is spent. `memory-only`: the file is large,
 * and this browser can hold it in memory and nowhere else; `may-not-save`: this is a browser inside
 * an app, which may drop downloads.
 */
export type SavingConcern = 'memory-only' | 'may-not-save';

/** Thrown instead of opening a destination that the user has not accepted. */
export class ConcernError extends Error {
  override readonly name = 'ConcernError';
  readonly concern: SavingConcern;
  constructor(concern: SavingConcern) {
    super(`The user has to accept first: ${concern}.`);
    this.concern = concern;
  }
}

/** A destination to write into, or the browser, which needs none. */
export type Opened = SinkDestination | 'browser';

/** A file up to this size, in bytes, goes through memory without a question. */
export const MEMORY_LIMIT = 256 * 2 ** 20;

/**
 * Opens the destination of a choice: at once where it can, so that the GET waits for nothing. With
 * `browser` there is nothing to open.
 * @param accepted the concern that the user has seen last, and wants to go on with all the same.
 * @throws {ConcernError} there is one; nothing has been opened.
 * @throws {TypeError} when the choice is none, which types can't always prevent.
 */
export function openSink(
  choice: SinkChoice,
  file: SinkFile,
  accepted: SavingConcern | null,
): Opened | Promise<Opened> {
  if (typeof choice === 'object' && typeof choice.open === 'function') return choice.open(file);
  if (choice === 'picker' && canPick()) return pickerSink.open(file);
  if (!['auto', 'downloads', 'picker', 'browser'].includes(choice as string)) {
    throw new TypeError(
      "The sink is unknown. Pass 'auto', 'downloads', 'picker', 'browser' or an object with open().",
    );
  }
  if (downloadsAreBlocked()) {
    throw new DOMException(
      'The frame around this page blocks downloads: its sandbox needs allow-downloads.',
      'SecurityError',
    );
  }
  if (downloadsMayBeDropped() && accepted === null) throw new ConcernError('may-not-save');
  if (choice === 'browser') return choice;
  if (!needsStage(file.size)) return memorySink.open(file);
  if (!canStage()) return inMemory(file, accepted);
  return (
    loadStaging()
      .then(({ stagedSink }) => stagedSink.open(file))
      // No disk for pages: the next way is taken before the token is spent, never after.
      .catch((error: unknown) => {
        // Memory is no way out: what it ends in needs the same disk.
        if (isErrorLike(error) && error.name === 'QuotaExceededError') throw error;
        return inMemory(file, accepted);
      })
  );
}

/** Loads what a file of this size will need, ahead of the click. */
export function loadSink(choice: SinkChoice, size: number | null): void {
  if (!isForDownloads(choice)) return;
  // The click will try again.
  if (needsStage(size) && canStage()) loadStaging().catch(() => {});
}

/** Opens what a file of this size will need, when a click on it is near. */
export function prepareSink(choice: SinkChoice, size: number | null): void {
  if (!isForDownloads(choice)) return;
  if (!needsStage(size) || !canStage() || downloadsAreBlocked()) return;
  loadStaging().then(
    ({ prepareStage }) => prepareStage(),
    () => {},
  );
}

/** In milliseconds after the first button: whatever else the page loads goes first. */
const SWEEP_DELAY = 5_000;
let isSwept = false;

/** Frees, once a page, what pages have left on the disk that were closed or have crashed. */
export function sweepOnce(): void {
  if (isSwept || !canStage()) return;
  isSwept = true;
  setTimeout(() => {
    import('./staged/stagedEntries.ts').then(({ sweepEntries }) => sweepEntries()).catch(() => {});
  }, SWEEP_DELAY);
}

function loadStaging() {
  return import('./staged/stagedSink.ts');
}

/** Whether it ends in the browser's downloads, by way of the page. */
function isForDownloads(choice: SinkChoice): boolean {
  return choice === 'auto' || choice === 'downloads' || (choice === 'picker' && !canPick());
}

/** Of unknown size is whatever may turn out large. */
function needsStage(size: number | null): boolean {
  return size === null || size > MEMORY_LIMIT;
}

/** Whether it is worth trying: private windows deny it only when they are asked. */
function canStage(): boolean {
  return 'storage' in navigator && 'getDirectory' in navigator.storage && 'locks' in navigator;
}

function inMemory(
  file: SinkFile,
  accepted: SavingConcern | null,
): SinkDestination | Promise<SinkDestination> {
  if (file.size !== null && accepted !== 'memory-only') throw new ConcernError('memory-only');
  return memorySink.open(file);
}
