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
  readonly opening: Promise<OpenStage>;
  readonly timer: ReturnType<typeof setTimeout>;
}

/** How long a file is held open for a click, in milliseconds. */
const SPARE_TIME = 60_000;

let spare: Spare | null = null;

/**
 * Writes the bytes to the origin's private part of the disk, and has the browser copy the file among
 * its downloads. Memory stays as it is however long the file; the disk needs room for it twice.
 */
export const stagedSink: DownloadSink = {
  async open(file) {
    const opened = await (takeSpare()?.opening ?? openStage());
    try {
      // Not before the click: in private windows it may be memory.
      if (file.size) await opened.stage.reserve(file.size);
    } catch (error) {
      await discard(opened);
      throw error;
    }
    return destinationOf(opened, file);
  },
};

/** Opens a file ahead of a click that seems to come, so that the GET will hardly wait. One a page. */
export function prepareStage(): void {
  if (spare) return;
  const own: Spare = { opening: openStage(), timer: setTimeout(dropSpare, SPARE_TIME) };
  spare = own;
  // Its lock would keep the page out of the back/forward cache.
  addEventListener('pagehide', dropSpare);
  // The click will try again, and take the next way if need be.
  own.opening.catch(() => spare === own && takeSpare());
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

async function openStage(): Promise<OpenStage> {
  const entry = await createEntry();
  try {
    const stage = await stageInWorker(entry.path).catch(() => stageInWindow(entry.handle));
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
      try {
        const file = await entry.handle.getFile();
        if (file.size !== written) {
          throw new Error(`${written} bytes were written, and ${file.size} are on the disk.`);
        }
        const delivered = await deliverBlob(file, fileName, signal, {
          onHandOver: () => void entry.markCopied().catch(() => {}),
          release: () => void setTimeout(() => void entry.remove(), COPY_TIME),
        });
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
