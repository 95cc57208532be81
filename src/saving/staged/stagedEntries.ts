/** Where the files are, in the part of the disk that belongs to the origin and nobody sees. */
const FOLDER = 'react-artifact-download';
/**
 * How long a file is kept after it was handed over, in milliseconds. The browser copies it, does not
 * tell when it is through, and in Firefox and WebKit loses what is deleted before.
 */
export const COPY_TIME = 10 * 60_000;

/** A file's place, which nobody else touches for as long as this page lives and wants it. */
export interface StagedEntry {
  readonly path: readonly [folder: string, name: string];
  readonly handle: FileSystemFileHandle;
  /** Deletes the file. Never rejects: what can't be deleted now is swept up later. */
  remove(): Promise<void>;
}

/** Makes an empty file under a random name: neither the token nor the file's own is on the disk. */
export async function createEntry(): Promise<StagedEntry> {
  const name = Array.from(crypto.getRandomValues(new Uint32Array(4)), (n) => n.toString(36)).join(
    '-',
  );
  // Held before the file is there, so that no other tab takes it for left behind.
  const release = await holdLock(name);
  try {
    const folder = await openFolder(true);
    const handle = await folder.getFileHandle(name, { create: true });
    return {
      path: [FOLDER, name],
      handle,
      async remove() {
        await folder.removeEntry(name).catch(() => {});
        release();
      },
    };
  } catch (error) {
    release();
    throw error;
  }
}

/**
 * Deletes what pages have left behind that were closed or have crashed: their locks are free. What
 * was written lately may still be copied by the browser, and waits for the next sweep.
 */
export async function sweepEntries(): Promise<void> {
  const folder = await openFolder(false).catch(() => null);
  if (!folder) return;
  for await (const [name, handle] of folder.entries()) {
    if (handle.kind !== 'file') continue;
    await navigator.locks.request(lockOf(name), { ifAvailable: true }, async (lock) => {
      if (!lock) return;
      const { lastModified } = await handle.getFile();
      if (Date.now() - lastModified > COPY_TIME) await folder.removeEntry(name);
    });
  }
}

async function openFolder(create: boolean): Promise<FileSystemDirectoryHandle> {
  const root = await navigator.storage.getDirectory();
  return root.getDirectoryHandle(FOLDER, { create });
}

/** @returns the function that gives the lock back; the end of the page does so, too. */
function holdLock(name: string): Promise<() => void> {
  return new Promise((resolve, reject) => {
    navigator.locks
      .request(lockOf(name), () => new Promise<void>((release) => resolve(release)))
      .catch(reject);
  });
}

function lockOf(name: string): string {
  return `${FOLDER}/staged:${name}`;
}
