import { HeldBytesError, type DownloadSink } from './DownloadSink.ts';
import { handOver } from './handOver.ts';

/**
 * Collects the bytes in a blob and hands it to the browser's downloads.
 *
 * `Response.blob()` rather than a list of chunks: engines spill it to disk while it grows, whereas
 * Chromium saves nothing, silently, of a blob put together from 512 MiB of chunks or more.
 */
export const downloadsSink: DownloadSink = {
  open({ signal }) {
    const { readable, writable } = new TransformStream<
      Uint8Array<ArrayBuffer>,
      Uint8Array<ArrayBuffer>
    >(undefined, new ByteLengthQueuingStrategy({ highWaterMark: 1 << 20 }));
    // Whatever the server calls it, it must not be able to run in this origin when opened.
    const headers = { 'Content-Type': 'application/octet-stream' };
    const collected = new Response(readable, { headers }).blob();
    // It rejects when the writable is aborted, which whoever aborts knows already.
    collected.catch(() => {});
    return {
      writable,
      async deliver(fileName) {
        const blob = await collected;
        // A blob whose storage failed (disk full) still tells its size; only reading shows it.
        await blob.slice(-1).arrayBuffer();
        signal.throwIfAborted();
        const saveAgain = () => handOver(blob, fileName);
        try {
          saveAgain();
        } catch (cause) {
          throw new HeldBytesError(saveAgain, { cause });
        }
        return { delivery: 'handed-over', saveAgain };
      },
    };
  },
};
