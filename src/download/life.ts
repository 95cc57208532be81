import { isOffline } from '../protocol/answer.ts';
import { OfflineError, OutcomeUnknownError } from '../protocol/errors.ts';
import type { Inspection } from '../protocol/Inspection.ts';
import type { Download, DownloadRun } from './Download.ts';
import type { DownloadRecord, Interruption } from './downloadState.ts';
import { guardLeaving } from './leaveGuard.ts';
import { noProgress } from './progress.ts';
import { claim, doubt, standBack, tellTabs, type Claim } from './tabs.ts';
import { InterruptedError } from './transferErrors.ts';
import { transfer, type Ending, type Held, type TransferRequest } from './transfer.ts';

/** What one click needs, and whom to ask when its outcome is unknown. */
export interface DownloadRequest extends TransferRequest {
  /** Sends a fresh HEAD; its answer comes back through {@link learn}. */
  readonly inspect: () => void;
  /** Called when GET's answer is that the token was dead already, before that is shown. */
  readonly onDead: () => void;
}

/** Downloads whose bytes are held for "Save again". */
const holders = new Set<Download>();
const IDLE: DownloadRecord = { status: 'idle', notice: null };
/** How long bytes are held for "Save again" while no button shows them, in milliseconds. */
const HOLD_UNSEEN = 5 * 60_000;

/**
 * Takes in HEAD's answer, whoever asked. One to a question from before the GET ended says nothing
 * of what the GET did, and settles nothing.
 */
export function learn(download: Download, inspection: Inspection, askedInEpoch: number): void {
  if (inspection.status === 'available') download.metadata = inspection.metadata;
  const isDead = inspection.status === 'dead';
  if (download.isDead !== isDead) {
    download.isDead = isDead;
    // Another client's buttons would not hear of it.
    download.set({ ...download.getSnapshot() });
  }
  const record = download.getSnapshot();
  // That a token is dead stays true; but not what a GET of ours had to do with it.
  const isDoubt = record.status === 'unsettled' && !isOwn(record.cause);
  if (askedInEpoch !== download.epoch && !(isDead && isDoubt)) return;
  if (record.status === 'refused') {
    download.isReachable = true;
    settle(download, IDLE);
  }
  if (record.status === 'unsettled') settle(download, settledBy(inspection, record));
}

function isOwn(cause: Interruption | 'elsewhere' | null): cause is Interruption {
  return cause === 'canceled' || cause === 'interrupted';
}

function settledBy(
  inspection: Inspection,
  { cause, error }: Extract<DownloadRecord, { status: 'unsettled' }>,
): DownloadRecord {
  switch (inspection.status) {
    case 'available':
      return isOwn(cause) ? { status: 'idle', notice: cause, error } : IDLE;
    case 'uninspectable': {
      if (cause === null) return IDLE;
      const unknown = new OutcomeUnknownError(error ? { cause: error } : undefined);
      return { status: 'failed', error: unknown, recovery: 'none' };
    }
    case 'dead':
      if (error) return { status: 'failed', error, recovery: 'none' };
      // Of a GET that was not ours the inspection says all there is to say.
      return isOwn(cause) ? { status: 'expired', reason: 'canceled' } : IDLE;
  }
}

/**
 * Spends the token, once: the first call wins, at once, and all others are ignored until HEAD has
 * said that the token is alive after all. To be called for a user's activation only.
 */
export function start(download: Download, request: DownloadRequest): void {
  // The run is the latch: foreign code (a sink) may call back before the record has changed.
  if (download.run || download.getSnapshot().status !== 'idle') return;
  download.epoch++;
  // Some browsers report no network where there is one. An answer since then has proved it.
  if (isOffline() && !download.isReachable) {
    return download.set({ status: 'refused', error: new OfflineError() });
  }
  download.isReachable = false;
  // Bytes that nobody can ask for any more must not take the room of those that are coming.
  for (const holder of holders) if (!holder.isSeen) letGo(holder);
  const controller = new AbortController();
  const run: DownloadRun = {
    controller,
    unguard: null,
    held: null,
    isSaved: false,
    release: null,
    isTooLate: false,
  };
  download.run = run;
  const end = (ending: Ending) => {
    run.controller = null;
    download.epoch++;
    if ('held' in ending) hold(download, run, ending.held);
    if (ending.kind === 'dead') request.onDead();
    settle(download, recordOf(ending));
    if (ending.kind === 'unknown') request.inspect();
  };
  const { signal } = controller;
  const giveUp = () => {
    end({ kind: 'unspent', error: null });
    if (run.isTooLate) standBack(download);
  };
  const proceed = (claimed: Claim | null) => {
    signal.removeEventListener('abort', giveUp);
    // Canceled while the lock was waited for.
    if (download.run !== run) return claimed?.release();
    if (claimed === null) {
      download.run = null;
      standBack(download);
      return;
    }
    if (run.isTooLate) {
      // It has died since, or the lock would not be ours; what it did with the token is not known.
      claimed.release();
      download.run = null;
      doubt(download, 'elsewhere');
      return;
    }
    run.release = claimed.release;
    tellTabs(download);
    transfer(
      request,
      controller,
      (phase, metadata, progress) => {
        download.set({ status: 'downloading', phase, metadata, progress });
      },
      // Before the GET nothing is lost by leaving.
      () => void (run.unguard ??= guardLeaving()),
      // It does not reject; if it did all the same, the token's fate would be unknown.
    ).then(end, () => end({ kind: 'unknown', error: new InterruptedError(0) }));
  };
  signal.addEventListener('abort', giveUp);
  const claiming = claim(download, request.token);
  if (!('then' in claiming)) return proceed(claiming);
  const { metadata } = request;
  const progress = noProgress(metadata?.size ?? null);
  download.set({ status: 'downloading', phase: 'requesting', metadata, progress });
  void claiming.then(proceed);
}

/** Ends the running transfer, if there is one: the network stops and nothing is kept. */
export function cancel(download: Download): void {
  download.run?.controller?.abort();
}

/** Saves the held bytes once more. Sends nothing. */
export function saveAgain(download: Download): void {
  const file = fileOf(download.getSnapshot());
  if (!file || !download.run?.held) return;
  void download.run.held.saveAgain().then((error) => {
    settle(download, error ? { status: 'failed', error, recovery: 'save-again', file } : file);
  });
}

function recordOf(ending: Ending): DownloadRecord {
  switch (ending.kind) {
    case 'unspent': {
      const { error } = ending;
      return { status: 'idle', notice: error ? 'interrupted' : 'canceled', error };
    }
    case 'concern':
      return { status: 'idle', notice: ending.concern, error: null };
    case 'dead':
      return { status: 'expired', reason: 'rejected' };
    case 'refused':
      return { status: 'failed', error: ending.error, recovery: 'none' };
    case 'unknown': {
      const { error } = ending;
      return { status: 'unsettled', cause: error ? 'interrupted' : 'canceled', error };
    }
    case 'delivered':
      return { status: 'completed', ...ending.file, held: ending.held !== null };
    case 'held': {
      const file = { status: 'completed', ...ending.file, held: true } as const;
      return { status: 'failed', error: ending.error, recovery: 'save-again', file };
    }
  }
}

/** Shows how it ended, and lets go of what is not needed any more. */
function settle(download: Download, record: DownloadRecord): void {
  const { run } = download;
  const bytesAtStake = record.status === 'failed' && record.recovery === 'save-again';
  if (run && !bytesAtStake) {
    run.unguard?.();
    run.unguard = null;
  }
  if (run && record.status === 'completed') run.isSaved = true;
  // The next activation may spend the token again: HEAD has said that it is alive.
  if (record.status === 'idle') download.run = null;
  download.set(record);
  // Who had nothing to do with the token has nothing to say of it.
  if (!run?.release) return;
  tellTabs(download);
  if (record.status === 'idle') run.release();
}

/** Keeps the bytes while a button can offer them, and a while longer. */
function hold(download: Download, run: DownloadRun, held: Held | null): void {
  run.held = held;
  if (held === null) return;
  holders.add(download);
  const timer = setInterval(() => {
    if (download.isSeen) return;
    letGo(download);
    if (!holders.has(download)) clearInterval(timer);
  }, HOLD_UNSEEN);
}

/** Lets go of held bytes, unless they were never saved: then they are all there is of a spent token. */
function letGo(download: Download): void {
  const { run } = download;
  const file = fileOf(download.getSnapshot());
  if (!file || !run?.isSaved) return;
  holders.delete(download);
  run.held?.release();
  run.held = null;
  download.set({ ...file, held: false });
}

/** The file that is there, saved or about to be. */
function fileOf(record: DownloadRecord) {
  const file =
    record.status === 'failed' && record.recovery === 'save-again' ? record.file : record;
  return file.status === 'completed' ? file : null;
}
