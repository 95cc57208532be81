import { deliverBlob } from './deliverBlob.ts';
import type { DownloadSink } from './DownloadSink.ts';

/**
 * Collects the bytes in a blob and hands it to the browser's downloads.
 *
 * `Response.blob()` rather than a list of chunks: engines spill it to disk while it grows, whereas
 * chunks stay in memory until the end, and of 512 MiB of them private windows of Chromium save
 * nothing, silently.
 */
export const memorySink: DownloadSink = {
  open({ signal }) {
    const { readable, writable } = new TransformStream<
      Uint8Array<ArrayBuffer>,
      Uint8Array<ArrayBuffer>
    >(undefined, new ByteLengthQueuingStrategy({ highWaterMark: 1 << 20 }));
    const collected = new Response(readable).blob();
    // It rejects when the writable is aborted, which whoever aborts knows already.
    collected.catch(() => {});
    return {
      writable,
      deliver: async (fileName) => deliverBlob(await collected, fileName, signal),
    };
  },
};
