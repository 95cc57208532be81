import { ArtifactDownloadError, HttpError, StalledError } from '../protocol/errors.ts';
import { openArtifact } from '../protocol/openArtifact.ts';
import type { ArtifactMetadata } from '../protocol/readMetadata.ts';
import { safeFileName } from '../protocol/safeFileName.ts';
import { isErrorLike, withoutToken } from '../protocol/withoutToken.ts';
import {
  HeldBytesError,
  type Delivery,
  type HeldBytes,
  type SinkDestination,
} from '../saving/DownloadSink.ts';
import {
  ConcernError,
  openSink,
  type Opened,
  type SavingConcern,
  type SinkChoice,
} from '../saving/openSink.ts';
import { canPick } from '../saving/pickerSink.ts';
import type { DownloadPhase } from './downloadState.ts';
import { noProgress, type Progress } from './progress.ts';
import { receive } from './receive.ts';
import { watchStall } from './stallWatch.ts';
import { InterruptedError, SaveError } from './transferErrors.ts';

/** What one click needs. It lives in the closures of one transfer and is dropped with it. */
export interface TransferRequest {
  readonly url: string;
  readonly token: string;
  /** What HEAD said, under the name that was shown; `null`: the server can't inspect. */
  readonly metadata: ArtifactMetadata | null;
  /** The app's own name, as the app gave it; `null`: take the server's. */
  readonly fileName: string | null;
  readonly sink: SinkChoice;
  /** What the user has been told of the destination, and clicked again; `null`: nothing. */
  readonly accepted: SavingConcern | null;
  /** Milliseconds without a byte after which the transfer is given up; `Infinity`: never. */
  readonly stallTimeout: number;
}

/** A file that is where it belongs, or will be once the hand-over works. */
export interface TransferredFile {
  readonly fileName: string;
  /** `null`: the browser has downloaded it by itself, and nobody knew its size. */
  readonly size: number | null;
  readonly verified: boolean;
  readonly delivery: Delivery;
}

/** How a transfer ended. Only `unknown` leaves a question, which HEAD has to answer. */
export type Ending =
  /** No GET was sent. */
  | { readonly kind: 'unspent'; readonly error: ArtifactDownloadError | null }
  /** Nor here: the user has to accept something first. */
  | { readonly kind: 'concern'; readonly concern: SavingConcern }
  | { readonly kind: 'dead' }
  /** The server does not do GET. */
  | { readonly kind: 'refused'; readonly error: ArtifactDownloadError }
  | { readonly kind: 'unknown'; readonly error: ArtifactDownloadError | null }
  | {
      readonly kind: 'delivered';
      readonly file: TransferredFile;
      readonly held: Held | null;
    }
  /** Every byte is here, but not saved. */
  | {
      readonly kind: 'held';
      readonly file: TransferredFile;
      readonly held: Held;
      readonly error: ArtifactDownloadError;
    };

/** Bytes that are held. */
export interface Held {
  /** Saves them once more and tells what went wrong, if anything did. */
  readonly saveAgain: () => Promise<ArtifactDownloadError | null>;
  /** Lets go of them. */
  readonly release: () => void;
}

/** Hears of a transfer's way. */
export type OnTransfer = (
  phase: DownloadPhase,
  metadata: ArtifactMetadata | null,
  progress: Progress,
) => void;

/**
 * The way of the bytes: destination opened, GET, counted, checked, kept. Sends at most one GET, and
 * none before the destination is there; never rejects, as every way to fail is an ending.
 * @param onSend called when the GET is about to leave: from here on leaving the page loses something.
 */
export async function transfer(
  request: TransferRequest,
  controller: AbortController,
  onTransfer: OnTransfer,
  onSend: () => void,
): Promise<Ending> {
  const { token } = request;
  const { signal } = controller;
  const ownName = request.fileName === null ? null : safeFileName(request.fileName);
  let { metadata } = request;
  let progress = noProgress(metadata?.size ?? null);
  const enter = (phase: DownloadPhase) => onTransfer(phase, metadata, progress);

  let destination: SinkDestination;
  let writer: WritableStreamDefaultWriter<Uint8Array>;
  try {
    const file = {
      fileName: ownName ?? metadata?.fileName ?? 'download',
      contentType: metadata?.contentType ?? null,
      size: metadata?.size ?? null,
      signal,
    };
    const opening = openSink(request.sink, file, request.accepted);
    // Only a destination that isn't there yet may cost a tick between the click and the GET.
    let opened: Opened;
    if (typeof opening === 'object' && 'then' in opening) {
      enter(mayAskUser(request.sink) ? 'choosing' : 'requesting');
      opened = await openedInTime(opening, signal);
    } else opened = opening;
    if (opened === 'browser') {
      enter('requesting');
      onSend();
      const { handToBrowser } = await import('./handToBrowser.ts');
      return await handToBrowser(request, file.fileName, signal);
    }
    destination = opened;
    writer = destination.writable.getWriter();
  } catch (error) {
    if (error instanceof ConcernError) return { kind: 'concern', concern: error.concern };
    const dismissed = signal.aborted || (isErrorLike(error) && error.name === 'AbortError');
    return { kind: 'unspent', error: dismissed ? null : saveError('open', error, token) };
  }

  const discard = () => void writer.abort(signal.reason).catch(() => {});
  writer.closed.catch(() => {});
  signal.addEventListener('abort', discard);
  const stall = watchStall(request.stallTimeout, () =>
    controller.abort(new StalledError('GET', request.stallTimeout)),
  );
  try {
    onSend();
    const opening = openArtifact(request.url, token, signal, request.metadata);
    enter('requesting');
    const opened = await opening;
    if (opened.status === 'dead') {
      discard();
      return { kind: 'dead' };
    }
    // The name shown is the name saved; the GET's own is for servers that can't be asked before.
    const shown = metadata ?? opened.metadata;
    const fileName = ownName ?? shown.fileName;
    metadata = { ...shown, fileName };
    // Not even a destination that gives no buffer may keep a cancel from taking effect.
    const receiving = receive(opened, request.metadata?.size ?? null, writer, {
      token,
      buffers: destination.buffers,
      onWaiting: stall.waiting,
      onProgress(now, phase) {
        progress = now;
        enter(phase);
      },
    });
    const received = await untilAborted(receiving, signal);
    // From here on the disk is what everybody waits for.
    stall.stop();
    // Cancel ends a destination that hangs, too.
    return await untilAborted(
      keep(destination, writer, { fileName, ...received }, token, signal),
      signal,
    );
  } catch (error) {
    discard();
    if (signal.aborted) {
      const { reason } = signal;
      return { kind: 'unknown', error: reason instanceof StalledError ? reason : null };
    }
    if (error instanceof HttpError && (error.status === 405 || error.status === 501)) {
      return { kind: 'refused', error };
    }
    return {
      kind: 'unknown',
      error:
        error instanceof ArtifactDownloadError
          ? error
          : new InterruptedError(progress.receivedBytes, { cause: withoutToken(error, token) }),
    };
  } finally {
    stall.stop();
    signal.removeEventListener('abort', discard);
  }
}

/**
 * Closes the destination, which keeps the bytes, and has them delivered.
 * @throws {SaveError} when the bytes are lost with it.
 */
async function keep(
  destination: SinkDestination,
  writer: WritableStreamDefaultWriter<Uint8Array>,
  file: Omit<TransferredFile, 'delivery'>,
  token: string,
  signal: AbortSignal,
): Promise<Ending> {
  try {
    // After a failed last write it says no more than that it can't be closed.
    await writer.close().catch(() => writer.closed);
    // Nothing may turn up among the downloads after a cancel.
    signal.throwIfAborted();
    const delivered = await destination.deliver?.(file.fileName);
    if (signal.aborted) delivered?.release?.();
    return {
      kind: 'delivered',
      // Closed without an error is saved, unless the destination knows better.
      file: { ...file, delivery: delivered?.delivery === 'handed-over' ? 'handed-over' : 'saved' },
      held: delivered?.saveAgain ? holding(delivered as HeldBytes, token) : null,
    };
  } catch (error) {
    if (!(error instanceof HeldBytesError)) throw saveError('close', error, token);
    return {
      kind: 'held',
      file: { ...file, delivery: 'handed-over' },
      held: holding(error.held, token),
      error: saveError('hand over', error.cause, token),
    };
  }
}

/** Whether opening the destination may bring up a dialog. */
function mayAskUser(sink: SinkChoice): boolean {
  return (sink === 'picker' && canPick()) || typeof sink === 'object';
}

/** Waits for a destination, but not after a cancel: one that comes later is given back unused. */
async function openedInTime(opening: PromiseLike<Opened>, signal: AbortSignal): Promise<Opened> {
  try {
    return await untilAborted(opening, signal);
  } catch (error) {
    void opening.then(
      (opened) => {
        if (opened !== 'browser') opened.writable.abort(error).catch(() => {});
      },
      () => {},
    );
    throw error;
  }
}

/** The same promise, but rejected when the signal is aborted first. */
async function untilAborted<Value>(
  promise: PromiseLike<Value>,
  signal: AbortSignal,
): Promise<Value> {
  let stop = () => {};
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason as Error);
    signal.addEventListener('abort', stop);
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

function holding({ saveAgain, release }: HeldBytes, token: string): Held {
  return {
    async saveAgain() {
      try {
        await saveAgain();
        return null;
      } catch (cause) {
        return saveError('hand over', cause, token);
      }
    },
    release() {
      try {
        release?.();
      } catch {
        // An app's own; nobody waits for it.
      }
    },
  };
}

function saveError(step: SaveError['step'], cause: unknown, token: string): SaveError {
  return new SaveError(step, { cause: withoutToken(cause, token) });
}
