import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
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
