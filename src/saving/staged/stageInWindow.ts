import type { Stage } from './Stage.ts';

/**
 * Opens a file on the origin's disk from the page itself, where there is no worker to do it: slower,
 * and with more memory, but as sure.
 * @param size bytes to make room for, or `null`.
 * @throws when the engine can't, or has no room.
 */
export async function stageInWindow(
  entry: FileSystemFileHandle,
  size: number | null,
): Promise<Stage> {
  const writable = await entry.createWritable();
  let written = 0;
  try {
    if (size) await writable.truncate(size);
  } catch (error) {
    await writable.abort().catch(() => {});
    throw error;
  }
  return {
    write(chunk) {
      written += chunk.byteLength;
      return writable.write(chunk as Uint8Array<ArrayBuffer>);
    },
    async close() {
      if (size && written !== size) await writable.truncate(written);
      await writable.close();
    },
    abort: () => writable.abort(),
  };
}
