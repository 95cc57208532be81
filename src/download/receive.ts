import type { OpenedArtifact } from '../protocol/openArtifact.ts';
import { withoutToken } from '../protocol/withoutToken.ts';
import type { BufferPool } from '../saving/DownloadSink.ts';
import { pump, WriteFailure } from '../saving/pump.ts';
import type { Progress } from './progress.ts';
import { ProgressMeter } from './progressMeter.ts';
import { IncompleteError, InterruptedError, SaveError } from './transferErrors.ts';

/** Milliseconds. With the changes of phase, at most ten commits a second however fast chunks come. */
const PROGRESS_INTERVAL = 150;

/** Who hears of the bytes. */
export interface Receiver {
  /** To be kept out of errors. */
  readonly token: string;
  /** The destination's own, if it has any. */
  readonly buffers: BufferPool | undefined;
  readonly onProgress: (progress: Progress, phase: 'receiving' | 'saving') => void;
  /** See `PumpObserver`. */
  readonly onWaiting: (waiting: boolean) => void;
}

/**
 * Moves the body into the writer, and checks its length: against HEAD's and GET's, unless they count
 * encoded bytes. The writer is left open.
 * @throws {InterruptedError | IncompleteError | SaveError}
 */
export async function receive(
  opened: Extract<OpenedArtifact, { status: 'opened' }>,
  inspectedSize: number | null,
  writer: WritableStreamDefaultWriter<Uint8Array>,
  { token, buffers, onProgress, onWaiting }: Receiver,
): Promise<{ size: number; verified: boolean }> {
  const announced = opened.encoded ? [] : [inspectedSize, opened.metadata.size];
  const lengths = announced.filter((length) => length !== null);
  const meter = new ProgressMeter(lengths.at(-1) ?? null, Date.now());
  let size = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tell = () => {
    timer = undefined;
    onProgress(meter.read(size, Date.now()), 'receiving');
  };
  tell();
  try {
    await pump(opened.body, writer, buffers, {
      onBytes(received) {
        size = received;
        timer ??= setTimeout(tell, PROGRESS_INTERVAL);
      },
      onWaiting,
    });
  } catch (error) {
    throw error instanceof WriteFailure
      ? new SaveError('write', { cause: withoutToken(error.cause, token) })
      : new InterruptedError(size, { cause: withoutToken(error, token) });
  } finally {
    clearTimeout(timer);
  }
  // An end without an error proves nothing: a body that lives as long as its connection ends so.
  const longest = Math.max(0, ...lengths);
  if (size < longest) throw new IncompleteError(size, longest);
  onProgress(meter.read(size, Date.now(), true), 'saving');
  return { size, verified: lengths.length > 0 && lengths.every((length) => length === size) };
}
