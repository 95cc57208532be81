import type { Stage } from './Stage.ts';

/**
 * Opens a file on the origin's disk from the page itself, where there is no worker to do it: slower,
 * and with more memory, but as sure.
 * @throws when the engine can't.
 */
export async function stageInWindow(entry: FileSystemFileHandle): Promise<Stage> {
  const writable = await entry.createWritable();
  let reserved = 0;
  let written = 0;
  return {
    async reserve(size) {
      await writable.truncate(size);
      reserved = size;
    },
    write(chunk) {
      written += chunk.byteLength;
      return writable.write(chunk as Uint8Array<ArrayBuffer>);
    },
    async close() {
      if (written < reserved) await writable.truncate(written);
      await writable.close();
    },
    abort: () => writable.abort(),
  };
}
