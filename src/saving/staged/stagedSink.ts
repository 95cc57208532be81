import { deliverBlob } from '../deliverBlob.ts';
import type { DownloadSink, SinkDestination, SinkFile } from '../DownloadSink.ts';
import { HeldBytesError } from '../DownloadSink.ts';
import type { Stage } from './Stage.ts';
import { COPY_TIME, createEntry, type StagedEntry } from './stagedEntries.ts';
import { stageInWindow } from './stageInWindow.ts';
import { stageInWorker } from './stageInWorker.ts';

/** An empty file on the disk, open for writing. */
interface OpenStage {
  readonly entry: StagedEntry;
  readonly stage: Stage;
}

/** A file that is opened ahead of a click that may come. */
interface Spare {
  readonly size: number | null;
  readonly opening: Promise<OpenStage>;
  readonly timer: ReturnType<typeof setTimeout>;
  opened: OpenStage | null;
}

/** How long a file is held open for a click, in milliseconds. */
const SPARE_TIME = 60_000;

let spare: Spare | null = null;

/**
 * Writes the bytes to the origin's private part of the disk, and has the browser copy the file among
 * its downloads. Memory stays as it is however long the file; the disk needs room for it twice.
 */
export const stagedSink: DownloadSink = {
  open(file) {
    const taken = spare?.size === file.size ? takeSpare() : null;
    if (taken?.opened) return destinationOf(taken.opened, file);
    const opening = taken?.opening ?? openStage(file.size);
    return opening.then((opened) => destinationOf(opened, file));
  },
};

/**
 * Opens a file ahead of a click on a button that the user is about to use, so that the GET will wait
 * for nothing. One a page: the last button counts.
 */
export function prepareStage(size: number | null): void {
  if (spare?.size === size) return;
  dropSpare();
  const opening = openStage(size);
  const own: Spare = { size, opening, opened: null, timer: setTimeout(dropSpare, SPARE_TIME) };
  spare = own;
  // Its lock would keep the page out of the back/forward cache.
  addEventListener('pagehide', dropSpare);
  opening.then(
    (opened) => void (own.opened = opened),
    // The click will try again, and take the next way if need be.
    () => spare === own && takeSpare(),
  );
}

function takeSpare(): Spare | null {
  const taken = spare;
  spare = null;
  clearTimeout(taken?.timer);
  removeEventListener('pagehide', dropSpare);
  return taken;
}

function dropSpare(): void {
  void takeSpare()?.opening.then(discard, () => {});
}

async function openStage(size: number | null): Promise<OpenStage> {
  const entry = await createEntry();
  try {
    const stage = await stageInWorker(entry.path, size).catch(() =>
      stageInWindow(entry.handle, size),
    );
    return { entry, stage };
  } catch (error) {
    await entry.remove();
    throw error;
  }
}

async function discard({ entry, stage }: OpenStage): Promise<void> {
  await stage.abort().catch(() => {});
  await entry.remove();
}

function destinationOf(open: OpenStage, { signal }: SinkFile): SinkDestination {
  const { entry, stage } = open;
  let written = 0;
  let isOver = false;
  const giveUp = async () => {
    if (isOver) return;
    isOver = true;
    await discard(open);
  };
  // Also between the last byte and the hand-over, when the stream is closed already.
  signal.addEventListener('abort', () => void giveUp());
  return {
    buffers: stage.buffers,
    writable: new WritableStream<Uint8Array>(
      {
        async write(chunk) {
          try {
            // Before the chunk is transferred, and empty.
            written += chunk.byteLength;
            await stage.write(chunk);
          } catch (error) {
            await giveUp();
            throw error;
          }
        },
        async close() {
          try {
            await stage.close();
          } catch (error) {
            await giveUp();
            throw error;
          }
        },
        abort: giveUp,
      },
      new ByteLengthQueuingStrategy({ highWaterMark: 1 << 20 }),
    ),
    async deliver(fileName) {
      const release = () => void setTimeout(() => void entry.remove(), COPY_TIME);
      try {
        const file = await entry.handle.getFile();
        if (file.size !== written) {
          throw new Error(`${written} bytes were written, and ${file.size} are on the disk.`);
        }
        const delivered = await deliverBlob(file, fileName, signal, release);
        isOver = true;
        return delivered;
      } catch (error) {
        if (error instanceof HeldBytesError) isOver = true;
        else await giveUp();
        throw error;
      }
    },
  };
}
