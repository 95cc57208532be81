import { HeldBytesError, type Delivered } from './DownloadSink.ts';
import { handOver } from './handOver.ts';

/** Who keeps a blob's bytes. */
export interface BlobKeeper {
  /** Called before each hand-over. */
  readonly onHandOver?: () => void;
  /** See `HeldBytes`. */
  readonly release?: () => void;
}

/**
 * Reads a byte back, and hands the blob to the browser's downloads.
 * @throws when the blob can't be read, and nothing is there to hand over.
 * @throws {HeldBytesError} when the hand-over failed.
 */
export async function deliverBlob(
  blob: Blob,
  fileName: string,
  signal: AbortSignal,
  { onHandOver, release }: BlobKeeper = {},
): Promise<Delivered> {
  // A blob whose storage failed (disk full) still tells its size; only reading shows it.
  await blob.slice(-1).arrayBuffer();
  // Nothing may turn up among the downloads after a cancel.
  signal.throwIfAborted();
  // Whatever the server calls it, it must not be able to run in this origin when opened.
  const inert = blob.slice(0, blob.size, 'application/octet-stream');
  const saveAgain = () => {
    onHandOver?.();
    handOver(inert, fileName);
  };
  const held = { saveAgain, release };
  try {
    saveAgain();
  } catch (cause) {
    throw new HeldBytesError(held, { cause });
  }
  return { delivery: 'handed-over', ...held };
}
