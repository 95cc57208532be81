import { readdir, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Milliseconds between two looks. */
const EVERY = 5;

/**
 * Waits until the folder holds one file, of the expected size and name, and no half-written one
 * beside it: browsers rename theirs when all bytes are in.
 *
 * @returns when that was, in epoch milliseconds; `null` when it did not come to that in time.
 */
export async function whenSaved(
  folder: string,
  name: string,
  size: number,
  signal: AbortSignal,
): Promise<number | null> {
  while (!signal.aborted) {
    const names = await readdir(folder);
    if (names.length === 1 && names[0] === name) {
      const at = Date.now();
      if ((await stat(join(folder, name))).size === size) return at;
    }
    await sleep(EVERY);
  }
  return null;
}

/** What is in the folder, in words: tells a file that broke off from one that never began. */
export async function contentInWords(folder: string): Promise<string> {
  const names = await readdir(folder);
  const files = await Promise.all(
    names.map(async (name) => {
      const { size } = await stat(join(folder, name));
      return `${extname(name)} of ${(size / 2 ** 20).toFixed(0)} MiB`;
    }),
  );
  return files.length === 0 ? 'nothing in the folder' : `left there: ${files.join(', ')}`;
}
