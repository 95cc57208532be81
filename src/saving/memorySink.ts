import { deliverBlob } from './deliverBlob.ts';
import type { DownloadSink } from './DownloadSink.ts';

/**
 * Collects the bytes in a blob and hands it to the browser's downloads.
 *
 * `Response.blob()` rather than a list of chunks: engines spill it to disk while it grows, whereas
 * Chromium saves nothing, silently, of a blob put together from 512 MiB of chunks or more.
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
