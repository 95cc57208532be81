/** Where the files are, in the part of the disk that belongs to the origin and nobody sees. */
const FOLDER = 'react-artifact-download';
/**
 * How long a file is kept after it was handed over, in milliseconds. The browser copies it, does not
 * tell when it is through, and in Firefox and WebKit loses what is deleted before.
 */
export const COPY_TIME = 10 * 60_000;

/** What is put behind the name of a file that was handed over, for a mark beside it. */
const COPIED = '.copied';

/** A file's place, which nobody else touches for as long as this page lives and wants it. */
export interface StagedEntry {
  readonly path: readonly [folder: string, name: string];
  readonly handle: FileSystemFileHandle;
  /** To be called when the browser is told to copy the file: it is not to be swept up meanwhile. */
  markCopied(): Promise<void>;
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
      async markCopied() {
        // Made anew, for the time when it was made.
        await folder.removeEntry(name + COPIED).catch(() => {});
        await folder.getFileHandle(name + COPIED, { create: true });
      },
      async remove() {
        for (const one of [name, name + COPIED]) await folder.removeEntry(one).catch(() => {});
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
 * the browser may still be copying waits for the next sweep.
 */
export async function sweepEntries(): Promise<void> {
  const folder = await openFolder(false).catch(() => null);
  if (!folder) return;
  const left = new Map<string, string[]>();
  for await (const entry of folder.keys()) {
    // A file of a name of its own may have others beside it, of ours and of the engine's.
    const [name = ''] = entry.split('.', 1);
    left.set(name, [...(left.get(name) ?? []), entry]);
  }
  let isWaiting = false;
  for (const [name, entries] of left) {
    await navigator.locks.request(lockOf(name), { ifAvailable: true }, async (lock) => {
      if (!lock) return;
      if (await isBeingCopied(folder, name)) isWaiting = true;
      else for (const entry of entries) await folder.removeEntry(entry).catch(() => {});
    });
  }
  if (isWaiting) setTimeout(() => void sweepEntries().catch(() => {}), COPY_TIME);
}

async function isBeingCopied(folder: FileSystemDirectoryHandle, name: string): Promise<boolean> {
  try {
    const mark = await folder.getFileHandle(name + COPIED);
    return Date.now() - (await mark.getFile()).lastModified < COPY_TIME;
  } catch {
    return false;
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
